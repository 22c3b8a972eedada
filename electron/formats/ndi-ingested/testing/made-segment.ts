import { gzipSync } from 'node:zlib';

/** A container of predicted 16-bit samples as NDI describes it, written by the description alone. */
export function predictedSegment(samples: readonly (readonly number[])[], code: readonly number[]): Buffer {
  const rows = samples[0]?.length ?? 0;
  const count = samples.length;
  const header = Buffer.alloc(100 + 8 + 8 * 5 * count + 32 * count + 16);
  header.write('NDIBINARYHEADER', 'latin1');
  [1, 1, 1, 0, 16, rows, count, 1, 1, 16].forEach((word, at) => header.writeUInt32LE(word, 15 + 4 * at));
  header.writeUInt32LE(count, 100);
  header.writeUInt32LE(5, 104);
  code.forEach((value, at) => {
    for (let column = 0; column < count; column++) header.writeDoubleLE(value, 108 + 8 * (at * count + column));
  });
  const payload = Buffer.alloc(2 * rows * count);
  samples.forEach((values, column) => {
    values.forEach((value, row) => {
      if (row < 4) return void header.writeDoubleLE(value, 108 + 40 * count + 8 * (4 * column + row));
      const before = [1, 2, 3, 4].reduce((sum, lag) => sum - (code[lag] ?? 0) * (values[row - lag] ?? 0), 0);
      payload.writeInt16LE(value - Math.round(before), 2 * (column * rows + row));
    });
  });
  return gzipSync(
    Buffer.concat([...tar('x.nbh', header), ...tar('._x.nbf', Buffer.alloc(9)), ...tar('a/../x.nbf', payload)]),
  );
}

function tar(name: string, data: Buffer): Buffer[] {
  const head = Buffer.alloc(512);
  head.write(name, 'latin1');
  head.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  head.write('0', 156, 'latin1');
  return [head, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
}
