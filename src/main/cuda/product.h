// out(row, column) = sum of left(row, term) * right(column, term) over terms [from, to): 64 rows by 64 columns to a block
// of 256 threads, 4 by 4 to a thread, 16 terms at a time; 32 or 16 columns where there are no more. An operand says along
// what it lies in memory, so that neighbouring threads read neighbouring elements.
#pragma once
#include "device.h"

#define ROWS 64
#define TERMS 16
#define THREADS_ACROSS 16
#define PRODUCT_THREADS 256

// Tiles of both operands, a row for each term; one element more spreads columns over banks.
DEVICE float* product_room() {
  SHARED float room[2 * TERMS * (ROWS + 1)];
  return room;
}

template <int SIDE, class Operand>
DEVICE void fetch(const Operand& operand, float* tile, int first, int count, int from, int to) {
  const int t = threadIdx.x;
  if (Operand::ALONG_TERMS) {
    const int k = t % TERMS;
    for (int i = t / TERMS; i < SIDE; i += PRODUCT_THREADS / TERMS) {
      tile[k * (SIDE + 1) + i] = first + i < count && from + k < to ? operand(first + i, from + k) : 0.f;
    }
  } else {
    const int i = t % SIDE;
    for (int k = t / SIDE; k < TERMS; k += PRODUCT_THREADS / SIDE) {
      tile[k * (SIDE + 1) + i] = first + i < count && from + k < to ? operand(first + i, from + k) : 0.f;
    }
  }
}

template <int COLUMNS, class Left, class Right, class Out>
DEVICE void product_of(const Left& left, const Right& right, const Out& out, int rows, int columns, int from, int to) {
  const int DOWN = ROWS / THREADS_ACROSS, ALONG = COLUMNS / THREADS_ACROSS;
  float* a = product_room();
  float* b = a + TERMS * (ROWS + 1);
  const int row = blockIdx.x * ROWS, column = blockIdx.y * COLUMNS;
  const int tx = threadIdx.x % THREADS_ACROSS, ty = threadIdx.x / THREADS_ACROSS;
  float sum[DOWN][ALONG] = {};
  for (int k0 = from; k0 < to; k0 += TERMS) {
    fetch<ROWS>(left, a, row, rows, k0, to);
    fetch<COLUMNS>(right, b, column, columns, k0, to);
    BARRIER();
    for (int k = 0; k < TERMS; k++) {
      float x[DOWN], y[ALONG];
      for (int i = 0; i < DOWN; i++) x[i] = a[k * (ROWS + 1) + tx + THREADS_ACROSS * i];
      for (int j = 0; j < ALONG; j++) y[j] = b[k * (COLUMNS + 1) + ty + THREADS_ACROSS * j];
      for (int i = 0; i < DOWN; i++) {
        for (int j = 0; j < ALONG; j++) sum[i][j] = fmaf(x[i], y[j], sum[i][j]);
      }
    }
    BARRIER();
  }
  for (int i = 0; i < DOWN; i++) {
    for (int j = 0; j < ALONG; j++) {
      const int r = row + tx + THREADS_ACROSS * i, c = column + ty + THREADS_ACROSS * j;
      if (r < rows && c < columns) out(r, c, sum[i][j]);
    }
  }
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
