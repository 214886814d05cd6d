// A libcuda.so.1 for machines without a GPU: the part of NVIDIA's driver API that the program uses, over the emulator.
// MDC_CUDA_SEED chooses the order of threads. Memory that is new holds NaNs; what is written outside an allocation is
// found when the device is next waited for, and fails like an illegal access on a GPU.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>

#include "emulator.h"

namespace {

enum Result { SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NOT_FOUND = 500, ILLEGAL_ADDRESS = 700, FAILED = 719 };

using Address = unsigned long long;

const size_t GUARD = 4096;
const unsigned char CANARY = 0xA5, FRESH = 0xFF;

std::mutex one_at_a_time;
std::map<Address, size_t> allocations;
bool broken = false;

struct Counts {
  long launches, allocations, reads, writes, waits;
} counts;

unsigned seed() {
  static const char* text = getenv("MDC_CUDA_SEED");
  static unsigned next = text ? static_cast<unsigned>(atoi(text)) * 1000003u : 1;
  return next++;
}

bool intact(Address address, size_t size) {
  const auto* from = reinterpret_cast<unsigned char*>(address);
  for (size_t i = 1; i <= GUARD; i++) {
    if (from[-static_cast<long>(i)] != CANARY || from[size + i - 1] != CANARY) return false;
  }
  return true;
}

Result wait_for_device() {
  counts.waits++;
  for (const auto& [address, size] : allocations) {
    if (!broken && !intact(address, size)) {
      fprintf(stderr, "emulator: a kernel wrote outside an allocation of %zu bytes\n", size);
      broken = true;
    }
  }
  return broken ? ILLEGAL_ADDRESS : SUCCESS;
}

}  // namespace

extern "C" {

int cuInit(unsigned) {
  const char* none = getenv("MDC_CUDA_DEVICES");
  return none && !strcmp(none, "0") ? 100 : SUCCESS;
}

int cuDriverGetVersion(int* version) {
  *version = 12000;
  return SUCCESS;
}

int cuDeviceGetCount(int* count) {
  *count = 1;
  return SUCCESS;
}

int cuDeviceGet(int* device, int) {
  *device = 0;
  return SUCCESS;
}

int cuDeviceGetName(char* name, int size, int) {
  snprintf(name, static_cast<size_t>(size), "emulated device");
  return SUCCESS;
}

int cuDeviceGetAttribute(int* value, int attribute, int) {
  const bool major = attribute == 75;
  *value = major ? 9 : 0;
  return SUCCESS;
}

int cuDeviceTotalMem_v2(size_t* bytes, int) {
  *bytes = size_t{8} << 30;
  return SUCCESS;
}

int cuDevicePrimaryCtxRetain(void** context, int) {
  *context = &allocations;
  return SUCCESS;
}

int cuCtxSetCurrent(void*) { return SUCCESS; }

int cuModuleLoadDataEx(void** module, const void* image, unsigned, void*, void*) {
  if (strncmp(static_cast<const char*>(image), "//", 2) != 0) return INVALID_VALUE;
  *module = &allocations;
  return SUCCESS;
}

int cuModuleGetFunction(void** function, void*, const char* name) {
  *function = reinterpret_cast<void*>(emulator::find(name));
  return *function ? SUCCESS : NOT_FOUND;
}

int cuStreamCreate(void** stream, unsigned) {
  *stream = &counts;
  return SUCCESS;
}

int cuStreamSynchronize(void*) {
  std::lock_guard lock(one_at_a_time);
  return wait_for_device();
}

int cuMemAlloc_v2(Address* address, size_t size) {
  std::lock_guard lock(one_at_a_time);
  auto* memory = static_cast<unsigned char*>(malloc(size + 2 * GUARD));
  if (!memory) return OUT_OF_MEMORY;
  memset(memory, CANARY, size + 2 * GUARD);
  memset(memory + GUARD, FRESH, size);
  *address = reinterpret_cast<Address>(memory + GUARD);
  allocations[*address] = size;
  counts.allocations++;
  return SUCCESS;
}

int cuMemFree_v2(Address address) {
  std::lock_guard lock(one_at_a_time);
  const Result result = wait_for_device();
  if (!allocations.erase(address)) return INVALID_VALUE;
  free(reinterpret_cast<unsigned char*>(address) - GUARD);
  return result;
}

int cuMemsetD8Async(Address address, unsigned char value, size_t size, void*) {
  std::lock_guard lock(one_at_a_time);
  memset(reinterpret_cast<void*>(address), value, size);
  return SUCCESS;
}

int cuMemcpyHtoDAsync_v2(Address to, const void* from, size_t size, void*) {
  std::lock_guard lock(one_at_a_time);
  counts.writes++;
  memcpy(reinterpret_cast<void*>(to), from, size);
  return SUCCESS;
}

int cuMemcpyDtoHAsync_v2(void* to, Address from, size_t size, void*) {
  std::lock_guard lock(one_at_a_time);
  counts.reads++;
  memcpy(to, reinterpret_cast<void*>(from), size);
  return SUCCESS;
}

int cuMemcpyDtoDAsync_v2(Address to, Address from, size_t size, void*) {
  std::lock_guard lock(one_at_a_time);
  memmove(reinterpret_cast<void*>(to), reinterpret_cast<void*>(from), size);
  return SUCCESS;
}

int cuLaunchKernel(void* function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x, unsigned block_y,
                   unsigned block_z, unsigned, void*, void** arguments, void**) {
  std::lock_guard lock(one_at_a_time);
  if (!grid_x || !grid_y || !grid_z || grid_y > 65535 || grid_z > 65535 || !block_x || block_x * block_y * block_z > 1024) {
    return INVALID_VALUE;
  }
  counts.launches++;
  const char* wrong = emulator::launch(reinterpret_cast<emulator::Kernel>(function), {grid_x, grid_y, grid_z},
                                       {block_x, block_y, block_z}, arguments, seed());
  if (*wrong) {
    fprintf(stderr, "emulator: %s\n", wrong);
    broken = true;
    return FAILED;
  }
  return SUCCESS;
}

}  // extern "C"
