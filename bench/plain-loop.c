// The physical limits of decode.bench.ts: the files are read into one place and left there (what the disk cache gives), or
// their words are set apart by channel as floats and nothing else. Prints milliseconds of every run as JSON.
// Arguments: file, byte of block 0, bytes a block, byte of the first channel in it, samples a block, channels, samples, runs.
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK_BYTES = 512 * 1024, RATE = 30000, SECONDS = 100 };
static long offset, block_bytes, first_byte, per_block, channels;
static int file;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

/** Words of some blocks to floats: those of channel c from out + c * stride on. */
static void spread(const char *in, long blocks, float *out, long stride) {
  const int16_t *words = (const int16_t *)(in + first_byte);
  long step = block_bytes / 2;
  if (per_block == 1) {
    for (long b = 0; b < blocks; b++)
      for (long c = 0; c < channels; c++) out[c * stride + b] = words[b * step + c];
    return;
  }
  for (long b = 0; b < blocks; b++)
    for (long c = 0; c < channels; c++)
      for (long s = 0; s < per_block; s++) out[c * stride + b * per_block + s] = words[b * step + c * per_block + s];
}

/** Reads blocks [from, to) chunk by chunk; with `out`, spreads them, every chunk behind the last or over it. */
static void pass(long from, long to, char *in, float *out, long stride, int behind) {
  long most = CHUNK_BYTES / block_bytes;
  for (long block = from; block < to; block += most) {
    long blocks = to - block < most ? to - block : most;
    if (pread(file, in, blocks * block_bytes, offset + block * block_bytes) < 0) exit(1);
    if (out) spread(in, blocks, out + (behind ? (block - from) * per_block : 0), stride);
  }
}

int main(int count, char **argument) {
  if (count != 9) return 2;
  file = open(argument[1], O_RDONLY);
  offset = atol(argument[2]), block_bytes = atol(argument[3]), first_byte = atol(argument[4]);
  per_block = atol(argument[5]), channels = atol(argument[6]);
  long blocks = atol(argument[7]) / per_block, second = RATE / per_block, runs = atol(argument[8]);
  // A little more than what is written, so that channels do not share cache sets.
  long chunk = CHUNK_BYTES / block_bytes * per_block + 16, whole = RATE + 16;
  char *in = malloc(CHUNK_BYTES);
  float *out = calloc(channels * whole, sizeof(float));
  const char *names[] = {"pread", "decode", "second"};
  for (int task = 0; task < 3; task++) {
    printf("%s\"%s\":[", task ? "," : "{", names[task]);
    long repeats = task < 2 ? runs : SECONDS;
    for (long run = -1; run < repeats; run++) {
      long place = (long)((run + 1) * 0.618034 * 1e6) % 1000000;
      long from = task < 2 ? 0 : place * (blocks - second) / 1000000;
      double started = now();
      pass(from, task < 2 ? blocks : from + second, in, task ? out : NULL, task == 2 ? whole : chunk, task == 2);
      if (run >= 0) printf("%s%.4f", run ? "," : "", now() - started);
    }
    printf("]");
  }
  printf("}\n");
  return out[0] > 1e30;
}
