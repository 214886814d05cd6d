// Asks the emulated driver for kernels with mistakes, each in a process of its own, and says what it made of them.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

using Address = unsigned long long;

extern "C" {
int cuModuleGetFunction(void** function, void* module, const char* name);
int cuMemAlloc_v2(Address* address, size_t size);
int cuMemcpyHtoDAsync_v2(Address to, const void* from, size_t size, void* stream);
int cuMemcpyDtoHAsync_v2(void* to, Address from, size_t size, void* stream);
int cuStreamSynchronize(void* stream);
int cuLaunchKernel(void* function, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void* stream,
                   void** arguments, void** extra);
}

namespace {

const int THREADS = 64;

int launch(const char* name, void** arguments) {
  void* kernel = nullptr;
  if (cuModuleGetFunction(&kernel, nullptr, name)) return -1;
  return cuLaunchKernel(kernel, 1, 1, 1, THREADS, 1, 1, 0, nullptr, arguments, nullptr);
}

Address floats(int count) {
  Address address = 0;
  float values[THREADS];
  for (int i = 0; i < THREADS; i++) values[i] = static_cast<float>(i + 1);
  cuMemAlloc_v2(&address, static_cast<size_t>(count) * sizeof(float));
  cuMemcpyHtoDAsync_v2(address, values, static_cast<size_t>(count) * sizeof(float), nullptr);
  return address;
}

const char* without_barrier() {
  Address x = floats(THREADS), out = floats(THREADS);
  void* arguments[] = {&x, &out};
  if (launch("without_barrier", arguments)) return "failed";
  float values[THREADS];
  cuMemcpyDtoHAsync_v2(values, out, sizeof values, nullptr);
  for (int i = 0; i < THREADS; i++) {
    if (values[i] != static_cast<float>((i + 1) % THREADS + 1)) return "wrong values";
  }
  return "not seen";
}

const char* beyond_the_end() {
  Address x = floats(THREADS);
  int size = THREADS;
  void* arguments[] = {&x, &size};
  launch("beyond_the_end", arguments);
  return cuStreamSynchronize(nullptr) ? "failed" : "not seen";
}

const char* barrier_for_some() {
  Address x = floats(THREADS);
  void* arguments[] = {&x};
  return launch("barrier_for_some", arguments) ? "failed" : "not seen";
}

void report(const char* name, const char* (*fault)()) {
  fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    printf("%s: %s\n", name, fault());
    fflush(stdout);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
}

}  // namespace

int main() {
  report("without_barrier", without_barrier);
  report("beyond_the_end", beyond_the_end);
  report("barrier_for_some", barrier_for_some);
}
