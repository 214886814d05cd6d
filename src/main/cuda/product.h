// out(row, column) = sum of left(row, term) * right(column, term) over terms [from, to): 64 rows by 64 columns to a block
// of 256 threads, 16 terms at a time; 32 or 16 columns where there are no more. An operand says along what it lies in
// memory, so that neighbouring threads read neighbouring elements. Kernels are named by PRODUCT, as those with MDC_TF32
// are others.
#pragma once
#include "device.h"

#define ROWS 64
#define TERMS 16
#define PRODUCT_THREADS 256

#ifdef MDC_TF32
#define PRODUCT(name) name##_tf32
#define PAD 8
#include "tensor_cores.h"
#else
#define PRODUCT(name) name
#define PAD 1
#define OPERAND(v) (v)
#endif

#define REGISTER_EXPANDED(name) REGISTER(name)
#define REGISTER_PRODUCT(name) REGISTER_EXPANDED(PRODUCT(name))

// Tiles of both operands, a row for each term; some elements more spread columns over banks.
DEVICE float* product_room() {
  SHARED float room[2 * TERMS * (ROWS + PAD)];
  return room;
}

template <int SIDE, class Operand>
DEVICE void fetch(const Operand& operand, float* tile, int first, int count, int from, int to) {
  const int t = threadIdx.x;
  if (Operand::ALONG_TERMS) {
    const int k = t % TERMS;
    for (int i = t / TERMS; i < SIDE; i += PRODUCT_THREADS / TERMS) {
      tile[k * (SIDE + PAD) + i] = first + i < count && from + k < to ? OPERAND(operand(first + i, from + k)) : 0.f;
    }
  } else {
    const int i = t % SIDE;
    for (int k = t / SIDE; k < TERMS; k += PRODUCT_THREADS / SIDE) {
      tile[k * (SIDE + PAD) + i] = first + i < count && from + k < to ? OPERAND(operand(first + i, from + k)) : 0.f;
    }
  }
}

#ifndef MDC_TF32
#define THREADS_ACROSS 16

// What a thread computes of a block's tile: elements 16 apart along both sides.
template <int COLUMNS>
struct ThreadShare {
  static const int DOWN = ROWS / THREADS_ACROSS, ALONG = COLUMNS / THREADS_ACROSS;
  float sum[DOWN][ALONG] = {};

  DEVICE_MEMBER void add(const float* a, const float* b) {
    const int tx = threadIdx.x % THREADS_ACROSS, ty = threadIdx.x / THREADS_ACROSS;
    for (int k = 0; k < TERMS; k++) {
      float x[DOWN], y[ALONG];
      for (int i = 0; i < DOWN; i++) x[i] = a[k * (ROWS + PAD) + tx + THREADS_ACROSS * i];
      for (int j = 0; j < ALONG; j++) y[j] = b[k * (COLUMNS + PAD) + ty + THREADS_ACROSS * j];
      for (int i = 0; i < DOWN; i++) {
        for (int j = 0; j < ALONG; j++) sum[i][j] = fmaf(x[i], y[j], sum[i][j]);
      }
    }
  }

  template <class Out>
  DEVICE_MEMBER void write(const Out& out, int row, int column, int rows, int columns) const {
    const int tx = threadIdx.x % THREADS_ACROSS, ty = threadIdx.x / THREADS_ACROSS;
    for (int i = 0; i < DOWN; i++) {
      for (int j = 0; j < ALONG; j++) {
        const int r = row + tx + THREADS_ACROSS * i, c = column + ty + THREADS_ACROSS * j;
        if (r < rows && c < columns) out(r, c, sum[i][j]);
      }
    }
  }
};
#endif

template <int COLUMNS, class Left, class Right, class Out>
DEVICE void product_of(const Left& left, const Right& right, const Out& out, int rows, int columns, int from, int to) {
  float* a = product_room();
  float* b = a + TERMS * (ROWS + PAD);
  const int row = blockIdx.x * ROWS, column = blockIdx.y * COLUMNS;
  ThreadShare<COLUMNS> share;
  for (int k0 = from; k0 < to; k0 += TERMS) {
    fetch<ROWS>(left, a, row, rows, k0, to);
    fetch<COLUMNS>(right, b, column, columns, k0, to);
    BARRIER();
    share.add(a, b);
    BARRIER();
  }
  share.write(out, row, column, rows, columns);
}

// The grid has been cut by the same rule (Grid.product).
template <class Left, class Right, class Out>
DEVICE void product(const Left& left, const Right& right, const Out& out, int rows, int columns, int from, int to) {
  if (columns <= 16) {
    product_of<16>(left, right, out, rows, columns, from, to);
  } else if (columns <= 32) {
    product_of<32>(left, right, out, rows, columns, from, to);
  } else {
    product_of<64>(left, right, out, rows, columns, from, to);
  }
}
