// Kernels with mistakes on purpose, which the emulator must catch.
#include "../../main/cuda/device.h"

KERNEL(without_barrier)(const float* x, float* out) {
  SHARED float room[MOST_THREADS];
  const int t = threadIdx.x, n = blockDim.x;
  room[t] = x[t];
  out[t] = room[(t + 1) % n];
}
REGISTER(without_barrier)

KERNEL(beyond_the_end)(float* x, int size) {
  if (threadIdx.x == 0) x[size] = 1.f;
}
REGISTER(beyond_the_end)

KERNEL(barrier_for_some)(float* x) {
  if (threadIdx.x % 2) BARRIER();
  x[threadIdx.x] = 1.f;
}
REGISTER(barrier_for_some)
