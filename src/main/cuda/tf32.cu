// The products of convolutions by tensor cores, from compute capability 8.0 on: operands rounded to 10 bits behind the
// point, sums in floats. A module of its own, as older GPUs cannot load it.
#define MDC_TF32
#include "device.h"
#include "product.h"
#include "convolution.cu"
