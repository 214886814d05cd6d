package io.mdc.bench;

import io.mdc.backend.Backends;
import io.mdc.condense.LoopProbe;
import io.mdc.tensor.Backend;
import io.mdc.tensor.DeviceCounts;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the parts of an inner loop ask of a device, once everything has been allocated. */
final class DeviceWork {
    private DeviceWork() {}

    /** That of the steps of all classes, of a training step, and of an inner loop; empty where no device is. */
    static Map<String, DeviceCounts> of(Backend backend, LoopProbe probe, boolean subset) {
        Map<String, DeviceCounts> found = new LinkedHashMap<>();
        if (Backends.counts(backend).isPresent()) {
            found.put("steps_of_all_classes", during(backend, () -> probe.imageSteps(subset)));
            found.put("training_step", during(backend, probe::trainOnce));
            found.put("inner_loop", during(backend, () -> probe.innerLoop(subset)));
        }
        return found;
    }

    /** The second time, as the first may allocate. */
    private static DeviceCounts during(Backend backend, Runnable part) {
        part.run();
        DeviceCounts before = Backends.counts(backend).orElseThrow();
        part.run();
        return Backends.counts(backend).orElseThrow().since(before);
    }
}
