package io.mdc.base;

/** What is to be done if the process is told to end before this is closed, while its threads still work. */
final class IfInterrupted implements AutoCloseable {
    private final Thread hook;

    IfInterrupted(Runnable task) {
        hook = new Thread(task, "mdc-interrupted");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It has been told already.
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It was told this very moment.
        }
    }
}
