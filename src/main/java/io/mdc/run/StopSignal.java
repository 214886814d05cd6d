package io.mdc.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Turns Ctrl-C, or a polite kill, into a request to stop at the next good moment.
 *
 * <p>The JVM runs shutdown hooks on such a signal; the hook here raises the request and keeps the JVM alive until the
 * work has saved its state and closed this object. The exit code is then the signal's: 130 for Ctrl-C, 143 for
 * {@code kill}.
 */
public final class StopSignal implements BooleanSupplier, AutoCloseable {
    private static final long PATIENCE_MINUTES = 30;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Runnable notice;
    private final Thread hook = new Thread(this::raise, "mdc-stop");
    private volatile boolean requested;

    /**
     * Listens from now on.
     *
     * @param notice run once when a stop is requested, on another thread
     */
    public StopSignal(Runnable notice) {
        this.notice = notice;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public boolean getAsBoolean() {
        return requested;
    }

    /** What the JVM runs on a signal. */
    Thread hook() {
        return hook;
    }

    private void raise() {
        requested = true;
        notice.run();
        try {
            boolean inTime = finished.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
            assert inTime : "work did not stop";
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
