// out(row, column) = sum of left(row, term) * right(column, term) over terms [from, to): 64 rows by 64 columns to a block
// of 256 threads, 128 by 128 where there are more columns, 64 by 32 or 16 where there are fewer; 16 terms at a time. An
// operand says along what it lies in memory, so that neighbouring threads read neighbouring elements. Kernels are named by
// PRODUCT, as those with MDC_TF32 are others.
#pragma once
#include "device.h"

#define LARGE_SIDE 128
#define SIDE 64
#define TERMS 16
#define PRODUCT_THREADS 256

#ifdef MDC_TF32
#define PRODUCT(name) name##_tf32
#define PAD 8
#include "tensor_cores.h"
#else
#define PRODUCT(name) name
#define PAD 4
#define OPERAND(v) (v)
#endif

#define REGISTER_EXPANDED(name) REGISTER(name)
#define REGISTER_PRODUCT(name) REGISTER_EXPANDED(PRODUCT(name))

// Rows that a block has of a product with so many columns.
DEVICE int rows_of_block(int columns) { return columns > SIDE ? LARGE_SIDE : SIDE; }

// Tiles of both operands, a row for each term; some elements more spread columns over banks.
DEVICE float* product_room() {
  ALIGNED(16) SHARED float room[2 * TERMS * (LARGE_SIDE + PAD)];
  return room;
}

template <int EXTENT, class Operand>
DEVICE void fetch(const Operand& operand, float* tile, int first, int count, int from, int to) {
  const int t = threadIdx.x;
  if (Operand::ALONG_TERMS) {
    const int k = t % TERMS;
    for (int i = t / TERMS; i < EXTENT; i += PRODUCT_THREADS / TERMS) {
      tile[k * (EXTENT + PAD) + i] = first + i < count && from + k < to ? OPERAND(operand(first + i, from + k)) : 0.f;
    }
  } else {
    const int i = t % EXTENT;
    for (int k = t / EXTENT; k < TERMS; k += PRODUCT_THREADS / EXTENT) {
      tile[k * (EXTENT + PAD) + i] = first + i < count && from + k < to ? OPERAND(operand(first + i, from + k)) : 0.f;
    }
  }
}

#ifndef MDC_TF32
#define THREADS_ACROSS 16

// Neighbouring floats, which are loaded at once.
template <int COUNT>
struct ALIGNED(COUNT * 4) Floats {
  float v[COUNT];
};

// The elements of one side of a tile that a thread has: groups of neighbours, one for each thread along the side in turn.
template <int COUNT>
struct Some {
  static const int NEIGHBOURS = COUNT < 4 ? COUNT : 4;
  float v[COUNT];

  static DEVICE_MEMBER int at(int t, int i) {
    return t * NEIGHBOURS + i % NEIGHBOURS + i / NEIGHBOURS * (THREADS_ACROSS * NEIGHBOURS);
  }

  DEVICE_MEMBER void load(const float* tile, int t) {
    for (int i = 0; i < COUNT; i += NEIGHBOURS) {
      const Floats<NEIGHBOURS> some = *(const Floats<NEIGHBOURS>*)(tile + at(t, i));
      for (int k = 0; k < NEIGHBOURS; k++) v[i + k] = some.v[k];
    }
  }
};

// What a thread computes of a block's tile.
template <int ROWS, int COLUMNS>
struct ThreadShare {
  static const int DOWN = ROWS / THREADS_ACROSS, ALONG = COLUMNS / THREADS_ACROSS;
  float sum[DOWN][ALONG] = {};

  DEVICE_MEMBER void add(const float* a, const float* b) {
    for (int k = 0; k < TERMS; k++) {
      Some<DOWN> x;
      Some<ALONG> y;
      x.load(a + k * (ROWS + PAD), threadIdx.x % THREADS_ACROSS);
      y.load(b + k * (COLUMNS + PAD), threadIdx.x / THREADS_ACROSS);
      for (int i = 0; i < DOWN; i++) {
        for (int j = 0; j < ALONG; j++) sum[i][j] = fmaf(x.v[i], y.v[j], sum[i][j]);
      }
    }
  }

  template <class Out>
  DEVICE_MEMBER void write(const Out& out, int row, int column, int rows, int columns) const {
    UNROLL
    for (int i = 0; i < DOWN; i++) {
      UNROLL
      for (int j = 0; j < ALONG; j++) {
        const int r = row + Some<DOWN>::at(threadIdx.x % THREADS_ACROSS, i);
        const int c = column + Some<ALONG>::at(threadIdx.x / THREADS_ACROSS, j);
        if (r < rows && c < columns) out(r, c, sum[i][j]);
      }
    }
  }
};
#endif

template <int ROWS, int COLUMNS, class Left, class Right, class Out>
DEVICE void product_of(const Left& left, const Right& right, const Out& out, int rows, int columns, int from, int to) {
  float* a = product_room();
  float* b = a + TERMS * (ROWS + PAD);
  const int row = blockIdx.x * ROWS, column = blockIdx.y * COLUMNS;
  ThreadShare<ROWS, COLUMNS> share;
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
    product_of<SIDE, 16>(left, right, out, rows, columns, from, to);
  } else if (columns <= 32) {
    product_of<SIDE, 32>(left, right, out, rows, columns, from, to);
  } else if (columns <= SIDE) {
    product_of<SIDE, SIDE>(left, right, out, rows, columns, from, to);
  } else {
    product_of<LARGE_SIDE, LARGE_SIDE>(left, right, out, rows, columns, from, to);
  }
}
