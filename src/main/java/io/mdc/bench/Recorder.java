package io.mdc.bench;

import io.mdc.base.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps what a team of one thread does, as a row of times: objects kept while it measures would be moved by every
 * garbage collection, and pauses be measured that only measuring makes.
 */
final class Recorder implements Workers.Listener {
    private static final int CALL_BEGINS = 0;
    private static final int ITEM_BEGINS = 1;
    private static final int ITEM_ENDS = 2;
    private static final int CALL_ENDS = 3;
    private static final int KINDS = 4;

    private static final int FIRST_ROOM = 1 << 16;

    /** A time for everything that happened, in nanoseconds since the start, times KINDS, plus its kind. */
    private long[] kept = new long[FIRST_ROOM];

    private long start;
    private int count;
    private boolean wanted;

    /** What it does in {@code part}. */
    Work of(Runnable part) {
        count = 0;
        start = System.nanoTime();
        wanted = true;
        itemBegins();
        part.run();
        itemEnds();
        wanted = false;
        return new Reader().item();
    }

    private void keep(int kind) {
        if (!wanted) {
            return;
        }
        if (count == kept.length) {
            kept = Arrays.copyOf(kept, 2 * count);
        }
        kept[count++] = (System.nanoTime() - start) * KINDS + kind;
    }

    @Override
    public void callBegins() {
        keep(CALL_BEGINS);
    }

    @Override
    public void itemBegins() {
        keep(ITEM_BEGINS);
    }

    @Override
    public void itemEnds() {
        keep(ITEM_ENDS);
    }

    @Override
    public void callEnds() {
        keep(CALL_ENDS);
    }

    /** Makes pieces of work of what was kept. */
    private final class Reader {
        private int at;
        private long last;

        Work item() {
            List<Work.Stage> stages = new ArrayList<>();
            last = time(at++);
            while (kind() == CALL_BEGINS) {
                stages.add(new Work.Stage(sinceLast(), items()));
            }
            stages.add(new Work.Stage(sinceLast(), List.of()));
            return new Work(stages);
        }

        private List<Work> items() {
            List<Work> items = new ArrayList<>();
            while (kind() == ITEM_BEGINS) {
                items.add(item());
            }
            last = time(at++);
            return items;
        }

        private int kind() {
            return (int) (kept[at] % KINDS);
        }

        private long time(int i) {
            return kept[i] / KINDS;
        }

        private long sinceLast() {
            long before = last;
            last = time(at++);
            return last - before;
        }
    }
}
