package io.mdc.run;

import io.mdc.base.DirectoryLock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Turns Ctrl-C, or a polite kill, into a request to stop at the next good moment.
 *
 * <p>The JVM runs shutdown hooks on such a signal; the hook here raises the request and keeps the JVM alive until the
 * work has saved its state and closed this object, or for {@value #PATIENCE_SECONDS} seconds. Directories that the work
 * still holds are given back then, so that the run can go on on another machine at once. The exit code is the signal's:
 * 130 for Ctrl-C, 143 for {@code kill}.
 */
public final class StopSignal implements Stop, AutoCloseable {
    private static final int PATIENCE_SECONDS = 7;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Consumer<String> notice;
    private final Thread hook = new Thread(this::raise, "mdc-stop");
    private volatile boolean requested;
    private volatile Optional<Runnable> saving = Optional.empty();
    private volatile String advice = Ending.again().advice();

    /**
     * Listens from now on.
     *
     * @param notice told what happens when a stop is requested, on another thread
     */
    public StopSignal(Consumer<String> notice) {
        this.notice = notice;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public boolean requested() {
        return requested;
    }

    @Override
    public void waitForWork(Runnable save) {
        saving = Optional.of(save);
    }

    @Override
    public void advise(String line) {
        advice = line;
    }

    @Override
    public void nothingToSave() {
        saving = Optional.empty();
    }

    /** What the JVM runs on a signal. */
    Thread hook() {
        return hook;
    }

    private void raise() {
        try {
            save();
        } finally {
            DirectoryLock.giveAllBack();
        }
    }

    private void save() {
        Optional<Runnable> save = saving;
        requested = true;
        if (save.isEmpty()) {
            notice.accept("interrupted, with nothing to save");
            return;
        }
        notice.accept("interrupted: stopping as soon as what was reached is saved");
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                save.get().run();
                notice.accept(advice);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends listening; if a stop was requested, lets the JVM end. */
    @Override
    public void close() {
        finished.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                requested = true; // the signal came this very moment
            }
        }
    }
}
