// The physical limits of decode.bench.ts: the files are read into one place and left there (what the disk cache gives), or
// their words are set apart by channel as floats and nothing else. One channel of the whole file, each run another: by two
// threads that read all of it chunk by chunk, or a piece of every block; and from a memory map whose pages are all mapped.
// Prints milliseconds of every run as JSON.
// Arguments: file, byte of block 0, bytes a block, byte of the first channel in it, samples a block, channels, samples, runs.
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK_BYTES = 512 * 1024, RATE = 30000, SECONDS = 100, THREADS = 2, STEP = 7 };
static long offset, block_bytes, first_byte, per_block, channels, blocks;
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

enum { PREAD, DECODE, SECOND, CHANNEL, CHANNEL_PIECES, CHANNEL_MAP, TASKS };
static const char *names[] = {"pread", "decode", "second", "channel", "channelPieces", "channelMap"};
static int task;
static long channel;
static char *map;
static float *one;

static void copy_channel(const char *in, long count, long step, float *out) {
  for (long b = 0; b < count; b++)
    for (long s = 0; s < per_block; s++) *out++ = ((const int16_t *)(in + b * step))[s];
}

/** One channel of the blocks of one thread. */
static void *pass_channel(void *number) {
  long from = blocks * (long)number / THREADS, to = blocks * ((long)number + 1) / THREADS;
  long at = first_byte + 2 * per_block * channel, most = CHUNK_BYTES / block_bytes;
  char *in = malloc(CHUNK_BYTES);
  if (task == CHANNEL_MAP) copy_channel(map + offset + from * block_bytes + at, to - from, block_bytes, one + from * per_block);
  for (long block = from; block < to && task != CHANNEL_MAP; block += most) {
    long count = to - block < most ? to - block : most, place = offset + block * block_bytes + at;
    if (task == CHANNEL_PIECES)
      for (long b = 0; b < count; b++)
        if (pread(file, in + 2 * per_block * b, 2 * per_block, place + b * block_bytes) < 0) exit(1);
    if (task == CHANNEL && pread(file, in, (count - 1) * block_bytes + 2 * per_block, place) < 0) exit(1);
    copy_channel(in, count, task == CHANNEL ? block_bytes : 2 * per_block, one + block * per_block);
  }
  free(in);
  return NULL;
}

static void pass_channel_by_all(void) {
  pthread_t threads[THREADS];
  for (long t = 0; t < THREADS; t++) pthread_create(threads + t, NULL, pass_channel, (void *)t);
  for (long t = 0; t < THREADS; t++) pthread_join(threads[t], NULL);
}

int main(int count, char **argument) {
  if (count != 9) return 2;
  file = open(argument[1], O_RDONLY);
  offset = atol(argument[2]), block_bytes = atol(argument[3]), first_byte = atol(argument[4]);
  per_block = atol(argument[5]), channels = atol(argument[6]);
  blocks = atol(argument[7]) / per_block;
  long second = RATE / per_block, runs = atol(argument[8]);
  // A little more than what is written, so that channels do not share cache sets.
  long chunk = CHUNK_BYTES / block_bytes * per_block + 16, whole = RATE + 16;
  char *in = malloc(CHUNK_BYTES);
  float *out = calloc(channels * whole, sizeof(float));
  one = calloc(blocks * per_block, sizeof(float));
  map = mmap(NULL, offset + blocks * block_bytes, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
  if (map == MAP_FAILED) return 1;
  for (task = 0; task < TASKS; task++) {
    printf("%s\"%s\":[", task ? "," : "{", names[task]);
    // A call of the system for every row would take minutes.
    long repeats = task == SECOND ? SECONDS : task == CHANNEL_PIECES && block_bytes < 4096 ? -1 : runs;
    for (long run = -1; run < repeats; run++) {
      long place = (long)((run + 1) * 0.618034 * 1e6) % 1000000;
      long from = task == SECOND ? place * (blocks - second) / 1000000 : 0;
      channel = (run + 1) * STEP % channels;
      double started = now();
      if (task >= CHANNEL) pass_channel_by_all();
      else pass(from, task == SECOND ? from + second : blocks, in, task ? out : NULL, task == SECOND ? whole : chunk, task == SECOND);
      if (run >= 0) printf("%s%.4f", run ? "," : "", now() - started);
    }
    printf("]");
  }
  printf("}\n");
  return out[0] + one[0] > 1e30;
}
