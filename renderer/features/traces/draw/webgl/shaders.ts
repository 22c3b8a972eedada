/**
 * The spans of `rasterise.ts`, worked out by the GPU: an instance is a pixel column, whose span is gathered from the
 * columns or samples that fall into it. Positions are single precision here, hence EDGE instead of 1e-6.
 */
export const traceVertexShader = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;

uniform sampler2D body;
uniform int bodyWidth;
// The run: where it lies in the body, how long it is, and what of it may be seen.
uniform int at;
uniform int count;
uniform int first;
uniform int last;
// Pixel of the left edge of column (or of sample) 'first', and pixels from one to the next.
uniform float x;
uniform float dx;
uniform bool isEnvelope;
uniform int fromX;
// y = zero - value * pixelsPerUnit
uniform float zero;
uniform float pixelsPerUnit;
uniform float thickness;
uniform bool isSmooth;
uniform vec2 size;

flat out vec2 span;

const float EDGE = 0.0004;
const float NOTHING = 1e30;

float valueAt(int index) {
  int place = at + index;
  return texelFetch(body, ivec2(place % bodyWidth, place / bodyWidth), 0).r;
}

// The bits tell: compilers may take for granted that there is no NaN.
bool isNumber(float value) {
  return (floatBitsToUint(value) & 0x7f800000u) != 0x7f800000u;
}

float heightOf(float value) {
  return zero - value * pixelsPerUnit;
}

/** Upper and lower end of what the columns show in a pixel. */
vec2 spanOfColumns(float pixel) {
  vec2 ends = vec2(NOTHING, -NOTHING);
  int above = pixelsPerUnit < 0.0 ? 0 : count;
  int below = pixelsPerUnit < 0.0 ? count : 0;
  int index = int(ceil((pixel - EDGE - x) / dx));
  // No column begins in this pixel: it lies within the one that began before.
  if (x + float(index) * dx >= pixel + 1.0 - EDGE) index -= 1;
  index = max(index, 0);
  for (; first + index < last; index += 1) {
    if (x + float(index) * dx >= pixel + 1.0 - EDGE) break;
    int column = first + index;
    float upperValue = valueAt(above + column);
    float lowerValue = valueAt(below + column);
    if (!isNumber(upperValue) || !isNumber(lowerValue)) continue;
    float upper = heightOf(upperValue);
    float lower = heightOf(lowerValue);
    if (column + 1 < count) {
      float nextUpper = valueAt(above + column + 1);
      float nextLower = valueAt(below + column + 1);
      if (isNumber(nextUpper) && heightOf(nextUpper) > lower) lower = heightOf(nextUpper);
      else if (isNumber(nextLower) && heightOf(nextLower) < upper) upper = heightOf(nextLower);
    }
    if (upper > lower) continue;
    ends = vec2(min(ends.x, upper), max(ends.y, lower));
  }
  return ends;
}

/** The same of the lines from sample to sample. */
vec2 spanOfSamples(float pixel) {
  vec2 ends = vec2(NOTHING, -NOTHING);
  int index = max(int(floor((pixel - x) / dx)), 0);
  bool hasBefore = false;
  float beforeX = 0.0;
  float beforeY = 0.0;
  for (; first + index < last; index += 1) {
    float hereX = x + float(index) * dx;
    float value = valueAt(first + index);
    bool hasHere = isNumber(value);
    float hereY = heightOf(value);
    if (hasHere && floor(hereX) == pixel) ends = vec2(min(ends.x, hereY), max(ends.y, hereY));
    if (hasHere && hasBefore && hereX >= pixel && beforeX < pixel + 1.0 && floor(beforeX) != floor(hereX)) {
      float slope = (hereY - beforeY) / (hereX - beforeX);
      float a = pixel <= beforeX ? beforeY : beforeY + (pixel - beforeX) * slope;
      float b = pixel + 1.0 >= hereX ? hereY : beforeY + (pixel + 1.0 - beforeX) * slope;
      ends = vec2(min(ends.x, min(a, b)), max(ends.y, max(a, b)));
    }
    if (hereX >= pixel + 1.0) break;
    hasBefore = hasHere;
    beforeX = hereX;
    beforeY = hereY;
  }
  return ends;
}

void main() {
  float pixel = float(fromX + gl_InstanceID);
  vec2 ends = isEnvelope ? spanOfColumns(pixel) : spanOfSamples(pixel);
  if (ends.x > ends.y) {
    span = vec2(0.0);
    gl_Position = vec4(2.0, 2.0, 0.0, 1.0);
    return;
  }
  float half_ = thickness / 2.0;
  float top = clamp(ends.x - half_, -4.0, size.y + 4.0);
  float bottom = clamp(ends.y + half_, -4.0, size.y + 4.0);
  if (!isSmooth) {
    top = floor(top + 0.5);
    bottom = max(floor(bottom + 0.5), top + 1.0);
  }
  span = vec2(top, bottom);
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 place = vec2(pixel + corner.x, mix(floor(top), ceil(bottom), corner.y));
  gl_Position = vec4(place.x / size.x * 2.0 - 1.0, 1.0 - place.y / size.y * 2.0, 0.0, 1.0);
}
`;

export const traceFragmentShader = `#version 300 es
precision highp float;
uniform vec3 color;
uniform vec2 size;
flat in vec2 span;
out vec4 pixel;

void main() {
  float row = size.y - 1.0 - floor(gl_FragCoord.y);
  float cover = clamp(min(span.y, row + 1.0) - max(span.x, row), 0.0, 1.0);
  pixel = vec4(color, cover);
}
`;

/** One triangle over everything; what is seen of it the scissors say. */
export const hatchVertexShader = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}
`;

export const hatchFragmentShader = `#version 300 es
precision highp float;
precision highp int;
uniform vec3 color;
uniform vec2 size;
out vec4 pixel;

void main() {
  int x = int(gl_FragCoord.x);
  int y = int(size.y) - 1 - int(gl_FragCoord.y);
  if ((x + y) % 8 != 0) discard;
  pixel = vec4(color, 1.0);
}
`;
