package io.mdc.report;

/** Says nothing. */
final class SilentProgress implements Progress {
    @Override
    public void begin(String phase, long total, long done) {}

    @Override
    public void update(long done, String status) {}

    @Override
    public void shorten(long total) {}

    @Override
    public void milestone(String line) {}

    @Override
    public void close() {}
}
