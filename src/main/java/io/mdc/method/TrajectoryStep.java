package io.mdc.method;

import io.mdc.base.Seeds;
import io.mdc.engine.Phase;
import io.mdc.engine.Sgd;
import io.mdc.engine.step.ParameterSet;
import io.mdc.matching.MatchingConfig;
import io.mdc.numpy.NumpyArray;
import io.mdc.objective.Losses;
import io.mdc.objective.TrajectoryMatching;
import io.mdc.subset.Metric;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import io.mdc.task.SubsetLoss;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.trajectory.NetworkSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One update of all images and of the students' learning rate: a student that begins where an expert was, on S, and one
 * for each prefix with a loss of its own, on those images.
 */
final class TrajectoryStep implements ImageStep {
    private final CondenseConfig config;
    private final CondenseTask task;
    private final Backend backend;
    private final SyntheticSet images;
    private final Tensor velocity;
    private final Tensor gradient;
    private final NetworkSource experts;
    private final ParameterSet start;
    private final ParameterSet target;
    private final TrajectoryMatching matching;
    private final StudentBatches batches;
    private final PrefixFeatures features;
    private final Sgd sgd;
    private final double imageRate;
    private double rate;
    private double rateVelocity;

    /**
     * A student of this step.
     *
     * @param stored leading stored images of each class that it is trained on
     * @param weight of its loss
     */
    private record Student(int[] stored, double weight) {}

    TrajectoryStep(CondenseTask task, SyntheticSet images, Tensor velocity, NetworkSource experts, RealLoader real) {
        this.task = task;
        config = task.config();
        backend = task.backend();
        this.images = images;
        this.velocity = velocity;
        this.experts = experts;
        int size = task.data().train().height();
        MultiFormation formation = new MultiFormation(config.synthetic().factor(), size, size);
        gradient = backend.zeros(images.images().shape());
        start = task.runner().graph().newParameters();
        target = task.runner().graph().newParameters();
        matching = task.sharing().part(TrajectoryMatching.class, () -> new TrajectoryMatching(task.runner()));
        int most = Math.min(
                config.student().batchStudent(),
                images.classes() * config.synthetic().decodedPerClass());
        batches = new StudentBatches(task, images, formation, most, gradient);
        features = new PrefixFeatures(task, images, formation, real);
        MatchingConfig settings = config.matching();
        sgd = new Sgd(settings.momentumImg(), 0);
        imageRate = settings.imageLearningRate(images.ipc(), size);
        rate = config.student().lrStudent();
    }

    @Override
    public int parts() {
        return 1;
    }

    /** α and its velocity. */
    @Override
    public Optional<NumpyArray> learned() {
        return Optional.of(NumpyArray.of(new double[] {rate, rateVelocity}, 2));
    }

    @Override
    public OptionalDouble learnedRate() {
        return OptionalDouble.of(rate);
    }

    @Override
    public void relearn(NumpyArray learned) {
        if (learned.length() != 2) {
            throw new IllegalArgumentException(learned + " where a learning rate and its velocity are needed");
        }
        rate = learned.value(0);
        rateVelocity = learned.value(1);
    }

    @Override
    public List<Moved> run(ParameterSet theta, Subsets subsets, Place place, List<Integer> all) {
        RandomGenerator random = Seeds.generator(config.seed(), "expert", place.outer(), place.inner());
        int expert = random.nextInt(config.experts().experts());
        int epoch = random.nextInt(config.student().startBelow());
        experts.read(expert, epoch, start);
        experts.read(expert, epoch + config.student().epochsAhead(), target);
        if (subsets.measures(place.outer()) && config.subset().metric().compared() == Metric.Of.FEATURES) {
            for (int label = 0; label < images.classes(); label++) {
                subsets.add(place, label, features.measure(start, place, label));
            }
        }
        backend.vectors().fill(gradient, 0);
        double base = 0;
        double subset = 0;
        double rateGradient = 0;
        List<Student> students = students(subsets);
        for (int i = 0; i < students.size(); i++) {
            Student student = students.get(i);
            long seed = Seeds.derive(config.seed(), "student", place.outer(), place.inner(), i);
            TrajectoryMatching.Result result =
                    matching.evaluate(start, target, rate, batches.of(student.stored(), seed, student.weight()));
            base += i == 0 ? result.loss() : 0;
            subset += i == 0 ? 0 : student.weight() * result.loss();
            rateGradient += student.weight() * result.rateGradient();
        }
        task.runner().phases().time(Phase.IMAGE_UPDATE, () -> update(subsets));
        rateVelocity = config.matching().momentumImg() * rateVelocity + rateGradient;
        rate -= config.student().lrRate() * rateVelocity;
        Losses losses = new Losses(base, subset);
        return List.of(new Moved(0, () -> losses, Optional.empty()));
    }

    /** The one on S, then those on prefixes. */
    private List<Student> students(Subsets subsets) {
        List<Student> students = new ArrayList<>();
        students.add(new Student(ofEveryClass(images.ipc()), 1));
        if (config.subsetLoss() == SubsetLoss.ADAPTIVE) {
            int[] stored = IntStream.range(0, images.classes())
                    .map(label -> mostLearnable(subsets.weights(label)))
                    .toArray();
            if (Arrays.stream(stored).sum() > 0) {
                students.add(new Student(stored, config.subset().subsetScale()));
            }
            return students;
        }
        double[] weights = subsets.weights(0);
        for (int n = 1; n <= weights.length; n++) {
            if (weights[n - 1] > 0) {
                students.add(new Student(ofEveryClass(n), weights[n - 1]));
            }
        }
        return students;
    }

    private int[] ofEveryClass(int stored) {
        int[] all = new int[images.classes()];
        Arrays.fill(all, stored);
        return all;
    }

    /** The size of the prefix that has a weight, 0 if none has. */
    private static int mostLearnable(double[] weights) {
        return IntStream.rangeClosed(1, weights.length)
                .filter(n -> weights[n - 1] > 0)
                .findFirst()
                .orElse(0);
    }

    /** Frozen images do not move at all, not even by what is left of their velocity. */
    private void update(Subsets subsets) {
        for (int label = 0; label < images.classes(); label++) {
            int first = label * images.ipc() + subsets.frozen(label);
            int end = (label + 1) * images.ipc();
            if (first < end) {
                sgd.step(
                        backend.vectors(),
                        images.images().rows(first, end),
                        gradient.rows(first, end),
                        velocity.rows(first, end),
                        imageRate);
            }
        }
    }
}
