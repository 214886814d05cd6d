package io.mdc.run;

import io.mdc.report.Progress;

/** Progress of a run whose family tells how far it is: says only what is to stay readable. */
record QuietProgress(Progress family) implements Progress {
    @Override
    public void begin(String phase, long total, long done) {}

    @Override
    public void update(long done, String status) {}

    @Override
    public void milestone(String line) {
        family.milestone(line);
    }

    @Override
    public void close() {}
}
