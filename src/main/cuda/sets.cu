// Arithmetic on many sets of parameters, each a row of a matrix: io.mdc.tensor.SetOps.
#include "device.h"

// out[i] = the sum of coefficients[i][k] sets[k] over k; most coefficients are 0.
KERNEL(combine_sets)
(const float* coefficients, const float* sets, float* out, int count, int terms, offset_t size) {
  EACH(j, size) {
    for (int i = 0; i < count; i++) {
      float sum = 0;
      for (int k = 0; k < terms; k++) {
        const float c = coefficients[i * terms + k];
        if (c != 0.f) sum = fmaf(c, sets[k * size + j], sum);
      }
      out[i * size + j] = sum;
    }
  }
}
REGISTER(combine_sets)

#define COSINE 0
#define SQUARES 1

// table: first element, step and length of each row. A block for each row and set of own: distances [sets, rows].
KERNEL(set_distances)
(int measure, const int* table, const float* own, const float* other, const int* other_of, float* derivative,
 double* distances, offset_t size) {
  SHARED double room[MOST_THREADS];
  const int* row = table + 3 * blockIdx.x;
  const int step = row[1], length = row[2];
  const float* g = own + blockIdx.y * size + row[0];
  const float* h = other + other_of[blockIdx.y] * size + row[0];
  float* d = derivative + blockIdx.y * size + row[0];
  double distance;
  if (measure == COSINE) {
    double dot = 0, square = 0, other_square = 0;
    for (int i = threadIdx.x; i < length; i += blockDim.x) {
      const double a = g[(offset_t)i * step], b = h[(offset_t)i * step];
      dot += a * b;
      square += a * a;
      other_square += b * b;
    }
    dot = sum_of_block(dot, room);
    const double norm = sqrt(sum_of_block(square, room)), other_norm = sqrt(sum_of_block(other_square, room));
    const double scale = norm * other_norm + 1e-6;
    const double p = norm == 0 ? 0 : dot * other_norm / (norm * scale * scale), q = -1 / scale;
    for (int i = threadIdx.x; i < length; i += blockDim.x) {
      d[(offset_t)i * step] = (float)(p * g[(offset_t)i * step] + q * h[(offset_t)i * step]);
    }
    distance = 1 - dot / scale;
  } else {
    double sum = 0;
    for (int i = threadIdx.x; i < length; i += blockDim.x) {
      const float difference = g[(offset_t)i * step] - h[(offset_t)i * step];
      const bool squares = measure == SQUARES;
      sum += squares ? (double)difference * difference : fabs((double)difference);
      d[(offset_t)i * step] = squares ? 2 * difference : (float)((difference > 0.f) - (difference < 0.f));
    }
    distance = sum_of_block(sum, room);
  }
  if (threadIdx.x == 0) distances[blockIdx.y * gridDim.x + blockIdx.x] = distance;
}
REGISTER(set_distances)

// out[i] = the sum of row i; a block for each row.
KERNEL(sum_distances)(const double* distances, double* out, int columns) {
  SHARED double room[MOST_THREADS];
  double sum = 0;
  for (int i = threadIdx.x; i < columns; i += blockDim.x) sum += distances[(offset_t)blockIdx.x * columns + i];
  sum = sum_of_block(sum, room);
  if (threadIdx.x == 0) out[blockIdx.x] = sum;
}
REGISTER(sum_distances)
