package io.mdc.tensor.cuda;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.mdc.tensor.DeviceCounts;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The GPU of this process: its memory, the kernels, and the one stream they run in; any thread may use it. */
final class Device {
    private static final String DEFAULT_LIBRARY = "libcuda.so.1";
    private static final int MAJOR = 75;
    private static final int MINOR = 76;
    private static final int NON_BLOCKING = 1;
    private static final Cleaner CLEANER = Cleaner.create();

    private final GpuInfo info;
    private final long context;
    private final long stream;
    private final Map<Kernel, Long> functions = new EnumMap<>(Kernel.class);
    private final ThreadLocal<Lane> lanes = ThreadLocal.withInitial(this::newLane);
    private final Results results = new Results(this);
    private final Tables tables = new Tables(this);
    private final ResidentImages images;
    private final AtomicLong launches = new AtomicLong();
    private final AtomicLong copies = new AtomicLong();
    private final AtomicLong allocations = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong held = new AtomicLong();

    /**
     * Takes the first GPU that the driver shows; {@code CUDA_VISIBLE_DEVICES} chooses another.
     *
     * @throws CudaUnavailableException if there is none that can be used
     */
    Device() throws CudaUnavailableException {
        info = ask();
        try (Memory out = new Memory(Long.BYTES)) {
            int device = first(out);
            check("cuDevicePrimaryCtxRetain", Driver.cuDevicePrimaryCtxRetain(out, device));
            context = out.getLong(0);
            check("cuCtxSetCurrent", Driver.cuCtxSetCurrent(context));
            check("cuStreamCreate", Driver.cuStreamCreate(out, NON_BLOCKING));
            stream = out.getLong(0);
            images = new ResidentImages(this);
            load(Kernel.Module.KERNELS);
        } catch (IllegalStateException e) {
            throw new CudaUnavailableException(e.getMessage());
        }
    }

    /**
     * Which GPU would be taken; nothing is done with it.
     *
     * @throws CudaUnavailableException if there is none that can be used
     */
    static GpuInfo ask() throws CudaUnavailableException {
        load(System.getProperty("mdc.libcuda", DEFAULT_LIBRARY));
        try (Memory out = new Memory(Long.BYTES);
                Memory name = new Memory(256)) {
            int started = Driver.cuInit(0);
            if (started != 0 || count(out) == 0) {
                throw new CudaUnavailableException("the driver shows no GPU (" + CudaError.text(started) + ")");
            }
            int device = first(out);
            check("cuDeviceGetName", Driver.cuDeviceGetName(name, (int) name.size(), device));
            check("cuDeviceTotalMem", Driver.cuDeviceTotalMem_v2(out, device));
            long bytes = out.getLong(0);
            check("cuDriverGetVersion", Driver.cuDriverGetVersion(out));
            int driver = out.getInt(0);
            GpuInfo found = new GpuInfo(
                    name.getString(0), attribute(out, MAJOR, device), attribute(out, MINOR, device), bytes, driver);
            require(found, Kernel.Module.KERNELS);
            return found;
        } catch (IllegalStateException e) {
            throw new CudaUnavailableException(e.getMessage());
        }
    }

    private static int first(Memory out) {
        check("cuDeviceGet", Driver.cuDeviceGet(out, 0));
        return out.getInt(0);
    }

    private static void load(String library) throws CudaUnavailableException {
        NativeLibrary found;
        try {
            found = NativeLibrary.getInstance(library);
        } catch (UnsatisfiedLinkError e) {
            throw new CudaUnavailableException("NVIDIA's driver is not installed here (" + library + ")");
        }
        try {
            Driver.use(found);
        } catch (UnsatisfiedLinkError e) {
            throw new CudaUnavailableException("NVIDIA's driver is too old: "
                    + e.getMessage().lines().findFirst().orElse(library));
        }
    }

    private static int count(Memory out) {
        check("cuDeviceGetCount", Driver.cuDeviceGetCount(out));
        return out.getInt(0);
    }

    private static int attribute(Memory out, int attribute, int device) {
        check("cuDeviceGetAttribute", Driver.cuDeviceGetAttribute(out, attribute, device));
        return out.getInt(0);
    }

    private static void require(GpuInfo info, Kernel.Module module) throws CudaUnavailableException {
        if (info.major() < module.least()) {
            throw new CudaUnavailableException(
                    info.text() + " is older than compute capability " + module.least() + ".0");
        }
    }

    /**
     * Makes the kernels of a module known.
     *
     * @throws CudaUnavailableException if the GPU cannot run them
     */
    void load(Kernel.Module module) throws CudaUnavailableException {
        require(info, module);
        check("cuCtxSetCurrent", Driver.cuCtxSetCurrent(context));
        byte[] text;
        try (InputStream in = Device.class.getResourceAsStream(module.resource())) {
            text = in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(module.resource() + " cannot be read", e);
        }
        try (Memory out = new Memory(Long.BYTES);
                Memory image = text(new String(text, StandardCharsets.US_ASCII))) {
            int loaded = Driver.cuModuleLoadDataEx(out, image, 0, null, null);
            if (loaded != 0) {
                throw new CudaUnavailableException(info.text() + " does not take the kernels (" + CudaError.text(loaded)
                        + "); is its driver old?");
            }
            long handle = out.getLong(0);
            for (Kernel kernel : Kernel.values()) {
                if (kernel.module() == module) {
                    functions.put(kernel, function(kernel, handle, out));
                }
            }
        }
    }

    private static long function(Kernel kernel, long module, Memory out) {
        try (Memory symbol = text(kernel.symbol())) {
            check(kernel.symbol(), Driver.cuModuleGetFunction(out, module, symbol));
        }
        return out.getLong(0);
    }

    private static Memory text(String text) {
        Memory memory = new Memory(text.length() + 1L);
        memory.setString(0, text, StandardCharsets.US_ASCII.name());
        return memory;
    }

    GpuInfo info() {
        return info;
    }

    /** Lets this thread use the device. */
    private void enter() {
        lane();
    }

    /** Numbers on their way back. */
    Results results() {
        return results;
    }

    /** Images that are on it. */
    ResidentImages images() {
        return images;
    }

    /** Small arrays that stay. */
    Tables tables() {
        return tables;
    }

    /** What this thread launches with. */
    Lane lane() {
        return lanes.get();
    }

    private Lane newLane() {
        check("cuCtxSetCurrent", Driver.cuCtxSetCurrent(context));
        return new Lane(this);
    }

    /** How much was asked of it since the start. */
    DeviceCounts counts() {
        return new DeviceCounts(launches.get(), copies.get(), allocations.get(), reads.get(), held.get());
    }

    /**
     * Memory, freed when {@code owner} is garbage.
     *
     * @return its address on the device
     * @throws OutOfMemoryError if the GPU has too little
     */
    long allocate(Object owner, long bytes) {
        enter();
        long address;
        try (Memory out = new Memory(Long.BYTES)) {
            int code = Shortage.overcome(() -> Driver.cuMemAlloc_v2(out, bytes));
            if (code == CudaError.OUT_OF_MEMORY) {
                throw new OutOfMemoryError("the GPU has no room for " + bytes + " bytes more; use a smaller --chunk");
            }
            check("cuMemAlloc", code);
            address = out.getLong(0);
        }
        allocations.incrementAndGet();
        held.addAndGet(bytes);
        CLEANER.register(owner, new Release(context, address, bytes, held));
        return address;
    }

    /** Gives memory back. */
    private record Release(long context, long address, long bytes, AtomicLong held) implements Runnable {
        @Override
        public void run() {
            Driver.cuCtxSetCurrent(context);
            Driver.cuMemFree_v2(address);
            held.addAndGet(-bytes);
        }
    }

    void zero(long address, long bytes) {
        enter();
        copies.incrementAndGet();
        check("cuMemsetD8Async", Driver.cuMemsetD8Async(address, (byte) 0, bytes, stream));
    }

    /**
     * Copies from the host, whose memory is not needed any more when this returns: the driver has it, as it is not
     * pinned.
     */
    void write(long to, Pointer from, long bytes) {
        enter();
        copies.incrementAndGet();
        check("cuMemcpyHtoDAsync", Driver.cuMemcpyHtoDAsync_v2(to, from, bytes, stream));
    }

    void copy(long to, long from, long bytes) {
        enter();
        copies.incrementAndGet();
        check("cuMemcpyDtoDAsync", Driver.cuMemcpyDtoDAsync_v2(to, from, bytes, stream));
    }

    /** Copies to the host, when everything that was asked for before is done. */
    void read(Pointer to, long from, long bytes) {
        enter();
        reads.incrementAndGet();
        check("cuMemcpyDtoHAsync", Driver.cuMemcpyDtoHAsync_v2(to, from, bytes, stream));
        await();
    }

    /** Waits for everything that was asked for before. */
    void await() {
        enter();
        check("cuStreamSynchronize", Driver.cuStreamSynchronize(stream));
    }

    void launch(Kernel kernel, Grid grid, Pointer arguments) {
        launches.incrementAndGet();
        check(
                kernel.symbol(),
                Driver.cuLaunchKernel(
                        functions.get(kernel),
                        grid.x(),
                        grid.y(),
                        grid.z(),
                        grid.threads(),
                        1,
                        1,
                        0,
                        stream,
                        arguments,
                        null));
    }

    private static void check(String what, int code) {
        if (code != 0) {
            throw new IllegalStateException(what + " failed on the GPU: " + CudaError.text(code));
        }
    }
}
