package io.mdc.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which gradients share memory: that of a slot lives from the backward pass of its last reader to that of its writer.
 *
 * @param places for every slot the number of its piece of memory
 * @param sizes elements per sample of every piece
 */
record GradientPlan(int[] places, int[] sizes) {

    /** A piece for every slot, for frames whose gradients are read again by the tangent sweep. */
    static GradientPlan keeping(List<int[]> shapes) {
        int[] places = new int[shapes.size()];
        Arrays.setAll(places, slot -> slot);
        return new GradientPlan(
                places, shapes.stream().mapToInt(GradientPlan::size).toArray());
    }

    /** As few and small pieces as a walk backward through the steps finds; images keep one of their own. */
    static GradientPlan sharing(List<PlacedStep> steps, List<int[]> shapes) {
        int[] places = new int[shapes.size()];
        Arrays.fill(places, -1);
        List<Integer> sizes = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        take(places, shapes, 0, sizes, new ArrayList<>());
        take(places, shapes, shapes.size() - 1, sizes, free);
        for (int i = steps.size() - 1; i >= 0; i--) {
            for (int slot : steps.get(i).inputs()) {
                if (places[slot] < 0) {
                    take(places, shapes, slot, sizes, free);
                }
            }
            free.add(places[steps.get(i).output()]);
        }
        return new GradientPlan(
                places, sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Takes the free piece whose size is nearest, enlarging it if need be. */
    private static void take(int[] places, List<int[]> shapes, int slot, List<Integer> sizes, List<Integer> free) {
        int size = size(shapes.get(slot));
        Integer best = null;
        for (Integer piece : free) {
            if (best == null || Math.abs(sizes.get(piece) - size) < Math.abs(sizes.get(best) - size)) {
                best = piece;
            }
        }
        if (best == null) {
            best = sizes.size();
            sizes.add(size);
        } else {
            free.remove(best);
            sizes.set(best, Math.max(size, sizes.get(best)));
        }
        places[slot] = best;
    }

    static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }
}
