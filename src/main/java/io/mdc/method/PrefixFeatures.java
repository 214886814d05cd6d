package io.mdc.method;

import io.mdc.augment.Transform;
import io.mdc.base.Seeds;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Samples;
import io.mdc.engine.Site;
import io.mdc.engine.step.ParameterSet;
import io.mdc.objective.RealBatch;
import io.mdc.subset.FeatureDistance;
import io.mdc.synthetic.DecodedBatch;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.synthetic.Tile;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Room;
import io.mdc.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Measures prefixes by their features for steps that have no batch of one class, on the batches of a matching step. */
final class PrefixFeatures {
    private final CondenseConfig config;
    private final ChunkedGraph runner;
    private final SyntheticSet images;
    private final MultiFormation formation;
    private final RealLoader real;
    private final Transform normalise;
    private final List<Tile> tiles;
    private final int most;
    private final FeatureDistance distance;
    private final Room decodedRoom;
    private final Room featureRoom;

    PrefixFeatures(CondenseTask task, SyntheticSet images, MultiFormation formation, RealLoader real) {
        config = task.config();
        runner = task.runner();
        this.images = images;
        this.formation = formation;
        this.real = real;
        normalise = Transform.ChannelScale.of(task.data().normalization());
        tiles = formation.full(images.ipc());
        most = Math.min(tiles.size(), config.matching().batchSynMax(images.ipc()));
        Backend backend = task.backend();
        distance = new FeatureDistance(backend);
        decodedRoom = new Room(backend.memory());
        featureRoom = new Room(backend.memory());
    }

    /** The feature distance of every prefix of a class but the whole, as {@code theta} sees it. */
    double[] measure(ParameterSet theta, Place place, int label) {
        Backend backend = runner.graph().backend();
        real.load(theta, place, List.of(label));
        RealBatch own = real.batch(0);
        int count = own.size();
        DecodedBatch batch = DecodedBatch.draw(
                tiles, most, Seeds.generator(config.seed(), "decoded", place.outer(), place.inner(), label));
        int[] shape = images.images().shape();
        shape[0] = batch.tiles().size();
        Tensor decoded = decodedRoom.of(shape);
        formation.decode(backend.images(), images.ofClass(label), batch.tiles(), decoded);
        normalise.apply(backend.images(), decoded);
        real.augmentation(place, label).apply(backend.images(), decoded);
        Tensor features = featureRoom.of(count + shape[0], runner.graph().features());
        run(theta, own.images(), features.rows(0, count));
        run(theta, decoded, features.rows(count, count + shape[0]));
        int[] ends = IntStream.range(1, images.ipc()).map(batch::prefix).toArray();
        return distance.measure(features, count, ends).get();
    }

    private void run(ParameterSet theta, Tensor batch, Tensor features) {
        Samples samples = new Samples(batch, null, features, 1);
        runner.forward(theta, samples.cut(0, batch.dim(0), runner.capacity(), 0, false), Site.FEATURES)
                .close();
    }
}
