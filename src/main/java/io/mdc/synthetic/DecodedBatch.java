package io.mdc.synthetic;

import io.mdc.base.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which training images of a class take part in a matching step: all, or a random subset if there are too many.
 *
 * <p>They are in the order of their stored images, so that those of any prefix come first. As the authors' code indexes
 * positions in a shuffled sample instead, a prefix there is not one of the stored images once images are left out
 * (docs/method.md, where paper, authors' code and this program differ).
 *
 * @param tiles in ascending order of stored images
 */
public record DecodedBatch(List<Tile> tiles) {
    /** Copies the list. */
    public DecodedBatch {
        tiles = List.copyOf(tiles);
    }

    /** All tiles, or {@code most} of them drawn without replacement. */
    public static DecodedBatch draw(List<Tile> all, int most, RandomGenerator random) {
        if (all.size() <= most) {
            return new DecodedBatch(all);
        }
        return new DecodedBatch(Arrays.stream(Seeds.permutation(random, all.size()))
                .limit(most)
                .sorted()
                .mapToObj(all::get)
                .toList());
    }

    /** How many of the tiles come from the first {@code stored} stored images. */
    public int prefix(int stored) {
        return (int) tiles.stream().filter(tile -> tile.image() < stored).count();
    }
}
