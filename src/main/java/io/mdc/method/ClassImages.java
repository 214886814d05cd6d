package io.mdc.method;

import io.mdc.augment.Transform;
import io.mdc.engine.ChunkedGraph;
import io.mdc.tensor.ImageOps;
import io.mdc.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Images of several classes behind each other, as many of each: what a step does to the images of each class, for all
 * of them, chunk by chunk by all threads, or on a device at once. Results do not depend on it.
 */
final class ClassImages {
    private final ChunkedGraph runner;
    private final ImageOps ops;
    private final Tensor all;
    private final int each;

    /** Where images come from. */
    interface Source {
        /** Overwrites {@code images} with those numbered {@code from} to {@code to} of all classes. */
        void fill(int from, int to, Tensor images);
    }

    /** Room for {@code each} images of {@code classes} classes. */
    ClassImages(ChunkedGraph runner, int classes, int each) {
        this.runner = runner;
        this.each = each;
        ops = runner.graph().backend().images();
        int[] shape = runner.graph().imageShape();
        all = runner.graph().backend().zeros(classes * each, shape[0], shape[1], shape[2]);
    }

    /** The images of class number {@code i}. */
    Tensor of(int i) {
        return all.rows(i * each, (i + 1) * each);
    }

    /** The images of the first {@code classes} classes. */
    Tensor first(int classes) {
        return all.rows(0, classes * each);
    }

    /** Fills the images of the first classes, as many as there are transforms, and applies one to those of each. */
    void fill(Source source, List<Transform> transforms) {
        int classes = transforms.size();
        Optional<Transform> together = together(transforms);
        if (together.isPresent()) {
            source.fill(0, classes * each, first(classes));
            together.get().apply(ops, first(classes));
        } else {
            runner.inChunks(classes, each, (i, from, to) -> {
                Tensor part = of(i).rows(from, to);
                source.fill(i * each + from, i * each + to, part);
                transforms.get(i).apply(ops, part);
            });
        }
    }

    /** Turns gradients of the images after {@link #fill}'s transforms into those before. */
    void adjoint(List<Transform> transforms) {
        int classes = transforms.size();
        Optional<Transform> together = together(transforms);
        if (together.isPresent()) {
            together.get().adjoint(ops, first(classes));
        } else {
            runner.inChunks(classes, each, (i, from, to) -> transforms.get(i).adjoint(ops, of(i).rows(from, to)));
        }
    }

    /** One for all, on a device and where they are of one kind; else each class has its own. */
    private Optional<Transform> together(List<Transform> transforms) {
        return runner.graph().takesGroups() ? Transform.together(transforms, each) : Optional.empty();
    }
}
