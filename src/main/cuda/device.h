// What kernels are written in: CUDA C by nvcc, or plain C++ over the emulator of src/test/cuda.
#pragma once
#ifdef MDC_EMULATE
#include "emulator.h"
#define PRODUCT_KERNEL(name) KERNEL(name)
#define UNROLL
#else
#define KERNEL(name) extern "C" __global__ void name
#define REGISTER(name)
#define DEVICE static __device__ __forceinline__
#define DEVICE_MEMBER __device__ __forceinline__
#define SHARED __shared__
#define PRODUCT_KERNEL(name) extern "C" __global__ void __launch_bounds__(256) name
#define BARRIER() __syncthreads()
#define UNROLL _Pragma("unroll")
#endif
#define ALIGNED(bytes) alignas(bytes)

typedef long long offset_t;

// Division by a number that stays the same, as a multiplication; for numbers below 2^31 (Granlund and Montgomery,
// "Division by Invariant Integers using Multiplication", 1994).
struct Divisor {
  unsigned by, factor, shift;
};

DEVICE Divisor divisor_of(int by) {
  unsigned shift = 0;
  while ((1ull << shift) < (unsigned)by) shift++;
  return Divisor{(unsigned)by, (unsigned)(((1ull << 32) * ((1ull << shift) - by)) / by + 1), shift};
}

DEVICE int quotient(int n, const Divisor& d) {
  const unsigned high = (unsigned)(((unsigned long long)(unsigned)n * d.factor) >> 32);
  return (int)((high + (unsigned)n) >> d.shift);
}

// The number of this thread among all of a one-dimensional grid, and how many there are.
#define EACH(i, count) \
  for (offset_t i = (offset_t)blockIdx.x * blockDim.x + threadIdx.x; i < (count); i += (offset_t)gridDim.x * blockDim.x)

// Consecutive samples with a sum or a direction of their own: group g has those up to ends[g]; ends null for one of all n.
struct Group {
  int first, count;
};

DEVICE Group group_at(const int* ends, int g, int n) {
  if (ends == nullptr) return Group{0, n};
  const int first = g == 0 ? 0 : ends[g - 1];
  return Group{first, ends[g] - first};
}

DEVICE int group_of(const int* ends, int sample) {
  int g = 0;
  if (ends != nullptr) {
    while (sample >= ends[g]) g++;
  }
  return g;
}

// Where the samples of a group begin; null stays null.
template <class T>
DEVICE T* from(T* x, const Group& group, int sample) {
  return x == nullptr ? nullptr : x + (offset_t)group.first * sample;
}

// Largest block of those that sum.
#define MOST_THREADS 256

// The sum of v over the threads of a block, a power of two of them, to all of them; room has MOST_THREADS elements.
template <class T>
DEVICE T sum_of_block(T v, T* room) {
  const int t = threadIdx.x;
  BARRIER();
  room[t] = v;
  BARRIER();
  for (int half = blockDim.x / 2; half > 0; half /= 2) {
    if (t < half) room[t] += room[t + half];
    BARRIER();
  }
  return room[0];
}
