package io.mdc.dataset;

import io.mdc.base.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One of the two splits of images that have none of their own: of every class each {@code every}-th image, by name, is
 * for testing.
 *
 * @param all images of both splits
 * @param every at least 2
 * @param test whether it is the split of the test images
 */
record HeldOut(LabelledImages all, int every, boolean test) implements LabelledImages {

    @Override
    public Set<String> classes() {
        return all.classes();
    }

    @Override
    public List<Path> of(String name) {
        List<Path> images = all.of(name);
        if (images.size() < every) {
            throw new DataException(place(name) + ": " + images.size() + " images, of which --hold-out " + every
                    + " leaves none for testing; add some, or hold out more");
        }
        return IntStream.range(0, images.size())
                .filter(i -> (i % every == every - 1) == test)
                .mapToObj(images::get)
                .toList();
    }

    @Override
    public String place(String name) {
        return all.place(name);
    }

    @Override
    public String missing(String name) {
        return all.missing(name);
    }
}
