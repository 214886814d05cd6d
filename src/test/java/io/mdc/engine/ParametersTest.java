package io.mdc.engine;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.map;
import static io.mdc.testing.Numbers.plus;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterKind;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.ConvNet;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters, sets of them, their initial values and their steps. */
class ParametersTest {
    private static DifferentiableGraph graph(Backend backend) {
        return DifferentiableGraph.compile(ConvNet.configuration(2, 16, 3, 8, 10), 3, 8, 8, backend);
    }

    @Test
    void arraysAreViewsOfTheFlatTensorInOrder() {
        ParameterSet set = graph(TestBackends.DOUBLE).newParameters();
        double[] counting = new double[(int) set.flat().size()];
        Arrays.setAll(counting, i -> i);
        set.flat().set(counting);
        int start = 0;
        for (int i = 0; i < set.parameters().size(); i++) {
            Parameter parameter = set.parameters().get(i);
            assertArrayEquals(
                    Arrays.copyOfRange(counting, start, start + parameter.size()),
                    set.get(i).toDoubles(),
                    parameter.name());
            assertArrayEquals(parameter.extents(), set.get(parameter.name()).shape());
            start += parameter.size();
        }
        assertEquals(counting.length, start);
        TestBackends.DOUBLE.vectors().fill(set.get("norm0_beta"), -1);
        assertEquals(
                16, Arrays.stream(set.flat().toDoubles()).filter(v -> v == -1).count());
    }

    @Test
    void anUnknownNameIsRefused() {
        ParameterSet set = graph(TestBackends.DOUBLE).newParameters();
        assertEquals(
                "no parameter conv9_W",
                assertThrows(NoSuchElementException.class, () -> set.get("conv9_W"))
                        .getMessage());
    }

    @Test
    void everyKindOfParameterIsInAConvNet() {
        List<ParameterKind> kinds = graph(TestBackends.DOUBLE).parameters().stream()
                .map(parameter -> parameter.role().kind())
                .toList();
        ParameterKind conv = ParameterKind.CONV;
        ParameterKind bias = ParameterKind.CONV_BIAS;
        ParameterKind norm = ParameterKind.NORM;
        ParameterKind last = ParameterKind.CLASSIFIER;
        assertEquals(List.of(conv, bias, norm, norm, conv, bias, norm, norm, last, last), kinds);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void aBiasHasNoEffectWhereANormFollows(Backend backend) {
        DifferentiableGraph withNorms = graph(backend);
        assertEquals(
                List.of(1, 5),
                IntStream.range(0, withNorms.parameters().size())
                        .filter(i -> !withNorms.hasEffect(i))
                        .boxed()
                        .toList());
        Graphs.Example withoutNorm = Graphs.all().findFirst().orElseThrow();
        assertTrue(withoutNorm.compile(backend).hasEffect(1), withoutNorm.name());
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void weightsAreUniformWithinOneOverTheRootOfTheInputs(Backend backend) {
        ParameterSet weights = graph(backend).newParameters();
        Initializer.initialize(weights, new SplittableRandom(1));
        for (Parameter parameter : weights.parameters()) {
            double[] values = weights.get(parameter.name()).toDoubles();
            switch (parameter.role()) {
                case NORM_SCALE -> assertArrayEquals(map(values, v -> 1), values);
                case NORM_SHIFT -> assertArrayEquals(new double[values.length], values);
                default -> {
                    double bound = parameter.draw().scale();
                    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
                    assertTrue(largest <= bound * (1 + 1e-6), parameter.name() + " reaches " + largest);
                    assertTrue(largest > 0.7 * bound, parameter.name() + " only reaches " + largest);
                    if (values.length > 400) {
                        double variance =
                                Arrays.stream(values).map(v -> v * v).average().orElseThrow();
                        assertEquals(bound * bound / 3, variance, 0.2 * bound * bound / 3, parameter.name());
                    }
                }
            }
        }
        assertEquals(1 / Math.sqrt(27), weights.parameters().get(0).draw().scale());
        assertEquals(1 / Math.sqrt(64), weights.parameters().get(8).draw().scale());
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        DifferentiableGraph graph = graph(TestBackends.FLOAT);
        ParameterSet one = graph.newParameters();
        ParameterSet same = graph.newParameters();
        ParameterSet other = graph.newParameters();
        Initializer.initialize(one, new SplittableRandom(1));
        Initializer.initialize(same, new SplittableRandom(1));
        Initializer.initialize(other, new SplittableRandom(2));
        assertArrayEquals(one.flat().toFloats(), same.flat().toFloats());
        assertFalse(Arrays.equals(one.flat().toFloats(), other.flat().toFloats()));
    }

    @Test
    void stepsCarryMomentumAndDecay() {
        Backend backend = TestBackends.DOUBLE;
        Tensor x = backend.of(new double[] {1, -2}, 2);
        Tensor velocity = backend.zeros(2);
        Tensor gradient = backend.of(new double[] {10, 20}, 2);
        Sgd sgd = new Sgd(0.5, 0.1);
        sgd.step(backend.vectors(), x, gradient, velocity, 0.01);
        assertClose(new double[] {10.1, 19.8}, velocity.toDoubles(), 1e-15);
        assertClose(new double[] {0.899, -2.198}, x.toDoubles(), 1e-15);
        sgd.step(backend.vectors(), x, gradient, velocity, 0.01);
        assertClose(new double[] {15.1399, 29.6802}, velocity.toDoubles(), 1e-14);
        assertClose(plus(new double[] {0.899, -2.198}, -0.01, velocity.toDoubles()), x.toDoubles(), 1e-15);
    }

    @ParameterizedTest
    @CsvSource({"1,0", "-0.1,0", "NaN,0", "0.9,-1", "0.9,NaN"})
    void impossibleFactorsAreRefused(double momentum, double decay) {
        assertThrows(IllegalArgumentException.class, () -> new Sgd(momentum, decay));
    }
}
