package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.config.RunConfig;
import io.mdc.family.Family;
import io.mdc.family.FamilyResult;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.run.TinySettings;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** What tests of families have in common. */
abstract class TinyFamilies {
    @TempDir
    Path folder;

    Path out() {
        return folder.resolve("family");
    }

    static Stop stopAt(int asked) {
        AtomicInteger times = new AtomicInteger();
        return () -> times.incrementAndGet() == asked;
    }

    Ending<FamilyResult> condense(boolean resume, Stop stop) throws IOException {
        Family family = resume ? Family.at(out()) : new Family(TinySettings.family());
        return new FamilyJob(family, out(), resume).run(Progress.silent(), stop);
    }

    void assertAllAsAlone() throws IOException {
        for (Map.Entry<String, RunConfig> member : TinySettings.family().entrySet()) {
            Path alone = folder.resolve("alone-" + member.getKey());
            new CondenseJob(member.getValue(), Optional.of(alone), false).run(Progress.silent(), () -> false);
            for (String file : List.of("synthetic.npz", "mls.jsonl", "config.yaml")) {
                assertEquals(
                        -1,
                        Files.mismatch(
                                alone.resolve(file),
                                out().resolve(member.getKey()).resolve(file)),
                        member.getKey() + " " + file);
            }
            Folders.delete(alone);
        }
    }
}
