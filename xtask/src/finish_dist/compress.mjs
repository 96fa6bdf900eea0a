// Writes `.br` and `.gz` beside the files named, where they are smaller: compress.mjs DIST NAME…
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const [dist, ...names] = process.argv.slice(1);
const pack = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

// As many at a time as Node has threads for it.
await Promise.all(
  names.flatMap((name) => {
    const path = join(dist, name);
    const bytes = readFileSync(path);
    return Object.entries(pack).map(async ([ending, packed]) => {
      const smaller = await packed(bytes);
      if (smaller.length < bytes.length) writeFileSync(`${path}.${ending}`, smaller);
    });
  }),
);
