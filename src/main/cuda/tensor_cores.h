// Tiles of a product by tensor cores, in pieces of 16 rows and 8 columns.
#pragma once

#define TERMS_AT_ONCE 8
#define ROWS_AT_ONCE 16
#define COLUMNS_AT_ONCE 8
#define WARP 32

#ifdef MDC_EMULATE
#include <cstdint>
#include <cstring>

// Rounded to 10 bits behind the point, ties away from 0.
static inline float tf32(float v) {
  if (v != v) return v;
  uint32_t bits;
  std::memcpy(&bits, &v, sizeof v);
  bits = (bits + 0x1000u) & 0xffffe000u;
  std::memcpy(&v, &bits, sizeof v);
  return v;
}

// What a lane has of the product of 16 rows and 8 columns over 8 terms, added to c.
static inline void add_piece(float* c, const float* a, int a_row, const float* b, int b_row, int lane) {
  for (int i = 0; i < 4; i++) {
    const int row = lane / 4 + i / 2 * 8, column = lane % 4 * 2 + i % 2;
    for (int k = 0; k < TERMS_AT_ONCE; k++) c[i] += a[k * a_row + row] * b[k * b_row + column];
  }
}
#else
DEVICE float tf32(float v) {
  unsigned bits;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(bits) : "f"(v));
  return __uint_as_float(bits);
}

DEVICE void add_piece(float* c, const float* a, int a_row, const float* b, int b_row, int lane) {
  const int g = lane / 4, t = lane % 4;
  const unsigned a0 = __float_as_uint(a[t * a_row + g]), a1 = __float_as_uint(a[t * a_row + g + 8]);
  const unsigned a2 = __float_as_uint(a[(t + 4) * a_row + g]), a3 = __float_as_uint(a[(t + 4) * a_row + g + 8]);
  const unsigned b0 = __float_as_uint(b[t * b_row + g]), b1 = __float_as_uint(b[(t + 4) * b_row + g]);
  asm("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
      "{%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a0), "r"(a1), "r"(a2), "r"(a3), "r"(b0), "r"(b1));
}
#endif

#define OPERAND(v) tf32(v)

// What a thread has of a block's tile: a quarter of the rows and half of the columns to a warp.
template <int ROWS, int COLUMNS>
struct ThreadShare {
  static const int DOWN = ROWS / 4 / ROWS_AT_ONCE, ALONG = COLUMNS / 2 / COLUMNS_AT_ONCE;
  float sum[DOWN][ALONG][4] = {};

  // First row and column of a piece of this thread's warp.
  static DEVICE_MEMBER int top(int i) { return (threadIdx.x / WARP % 4 * DOWN + i) * ROWS_AT_ONCE; }
  static DEVICE_MEMBER int left(int j) { return (threadIdx.x / WARP / 4 * ALONG + j) * COLUMNS_AT_ONCE; }

  DEVICE_MEMBER void add(const float* a, const float* b) {
    for (int k = 0; k < TERMS; k += TERMS_AT_ONCE) {
      UNROLL
      for (int i = 0; i < DOWN; i++) {
        UNROLL
        for (int j = 0; j < ALONG; j++) {
          add_piece(sum[i][j], a + k * (ROWS + PAD) + top(i), ROWS + PAD, b + k * (COLUMNS + PAD) + left(j),
                    COLUMNS + PAD, threadIdx.x % WARP);
        }
      }
    }
  }

  template <class Out>
  DEVICE_MEMBER void write(const Out& out, int row, int column, int rows, int columns) const {
    const int lane = threadIdx.x % WARP;
    UNROLL
    for (int i = 0; i < DOWN; i++) {
      UNROLL
      for (int j = 0; j < ALONG; j++) {
        UNROLL
        for (int k = 0; k < 4; k++) {
          const int r = row + top(i) + lane / 4 + k / 2 * 8, c = column + left(j) + lane % 4 * 2 + k % 2;
          if (r < rows && c < columns) out(r, c, sum[i][j][k]);
        }
      }
    }
  }
};
