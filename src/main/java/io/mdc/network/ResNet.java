package io.mdc.network;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.PoolingType;

/**
 * Residual networks (He et al., "Deep Residual Learning for Image Recognition", 2016) in the forms the paper uses.
 *
 * <p>Four stages of width w, 2w, 4w, 8w; the first block of stages 2 to 4 halves the extents. Convolutions have no bias
 * and start from N(0, 2/(k²·out)); the classifier reads global averages. Names are those of the reference arrays:
 * {@code layer0.conv1} is the stem, {@code layerS.B.conv1} a convolution of block B of stage S.
 *
 * @param blocks of each of the four stages
 * @param bottleneck whether a block is 1×1, 3×3, 1×1 with four times as many channels, or twice 3×3
 * @param averagePools whether extents are halved by average pooling after a convolution instead of by its stride, and
 *     the large stem pools 4×4 averages instead of 3×3 maxima ("ResNet-AP")
 * @param norm instance or batch
 * @param largeStem 7×7 convolution and pooling instead of a plain 3×3 convolution
 */
public record ResNet(List<Integer> blocks, boolean bottleneck, boolean averagePools, Norm norm, boolean largeStem) {
    /** Channels of the first stage in the paper. */
    static final int WIDTH = 64;

    private static final int EXPANSION = 4;
    /** Images up to this size get the small stem. */
    private static final int SMALL = 64;

    /** Copies the list. */
    public ResNet {
        blocks = List.copyOf(blocks);
    }

    /** ResNet10-AP with instance norm, as the paper condenses ImageNet with. */
    public static ResNet ap10(int size) {
        return new ResNet(List.of(1, 1, 1, 1), false, true, Norm.INSTANCE, size > SMALL);
    }

    /** The ResNet of {@code layers} layers: 10, 18, 34 or 50. */
    public static ResNet ofLayers(int layers, Norm norm, int size) {
        List<Integer> blocks =
                switch (layers) {
                    case 10 -> List.of(1, 1, 1, 1);
                    case 18 -> List.of(2, 2, 2, 2);
                    case 34, 50 -> List.of(3, 4, 6, 3);
                    default -> throw new IllegalArgumentException("a ResNet of " + layers + " layers is not known");
                };
        return new ResNet(blocks, layers == 50, false, norm, size > SMALL);
    }

    /** The DL4J configuration for square images of {@code size} pixels, {@code width} channels in the first stage. */
    public ComputationGraphConfiguration configuration(int width, int channels, int size, int classes) {
        Plan plan = new Plan(channels, size, norm);
        String last = stem(plan, width);
        int in = width;
        for (int stage = 1; stage <= blocks.size(); stage++) {
            int out = width << (stage - 1);
            for (int block = 0; block < blocks.get(stage - 1); block++) {
                boolean halves = stage > 1 && block == 0;
                last = block(plan, "layer" + stage + "." + block + ".", last, in, out, halves);
                in = bottleneck ? out * EXPANSION : out;
            }
        }
        return plan.classify("fc", plan.globalAverage("pool", last), classes);
    }

    private String stem(Plan plan, int width) {
        if (!largeStem) {
            return plan.relu(
                    "layer0.relu", plan.norm("layer0.bn1", plan.convolution("layer0.conv1", "input", width, 3, 1)));
        }
        String convolution = plan.convolution("layer0.conv1", "input", width, 7, averagePools ? 1 : 2);
        String relu = plan.relu("layer0.relu", plan.norm("layer0.bn1", convolution));
        return averagePools
                ? plan.pool("layer0.pool", relu, PoolingType.AVG, 4, 4, 0)
                : plan.pool("layer0.pool", relu, PoolingType.MAX, 3, 2, 1);
    }

    private String block(Plan plan, String name, String input, int in, int width, boolean halves) {
        int out = bottleneck ? width * EXPANSION : width;
        int stride = halves && !averagePools ? 2 : 1;
        String last = input;
        List<Integer> kernels = bottleneck ? List.of(1, 3, 1) : List.of(3, 3);
        int striding = bottleneck ? 1 : 0;
        for (int i = 0; i < kernels.size(); i++) {
            int number = i + 1;
            boolean closing = number == kernels.size();
            int step = i == striding ? stride : 1;
            last = plan.convolution(name + "conv" + number, last, closing ? out : width, kernels.get(i), step);
            last = plan.norm(name + "bn" + number, last);
            if (!closing) {
                last = plan.relu(name + "relu" + number, last);
            }
            if (i == striding && halves && averagePools) {
                last = plan.pool(name + "pool", last, PoolingType.AVG, 2, 2, 0);
            }
        }
        String shortcut = halves || in != out ? shortcut(plan, name, input, out, halves) : input;
        return plan.relu(name + "relu", plan.add(name + "add", List.of(last, shortcut)));
    }

    private String shortcut(Plan plan, String name, String input, int out, boolean halves) {
        String path = name + "downsample.";
        if (!averagePools) {
            return plan.norm(path + 1, plan.convolution(path + 0, input, out, 1, halves ? 2 : 1));
        }
        String convolution = plan.convolution(path + 0, input, out, 1, 1);
        return plan.norm(path + 2, halves ? plan.pool(path + 1, convolution, PoolingType.AVG, 2, 2, 0) : convolution);
    }
}
