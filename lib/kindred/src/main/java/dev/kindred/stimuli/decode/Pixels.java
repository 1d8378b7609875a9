package dev.kindred.stimuli.decode;

/**
 * One decoded image.
 *
 * @param bytes height × width × channels unsigned bytes, row by row
 * @param width pixels in a row
 * @param height rows
 * @param channels 1 (grey) or 3 (red, green, blue)
 */
public record Pixels(byte[] bytes, int width, int height, int channels) {

  /**
   * The same image with that many channels. Grey to colour repeats the value; colour to grey weighs
   * red, green and blue by .299, .587 and .114 (ITU-R 601-2, in 16-bit fixed point as Pillow does).
   */
  public Pixels withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    int count = width * height;
    byte[] converted = new byte[Math.multiplyExact(count, wanted)];
    for (int i = 0; i < count; i++) {
      if (wanted == 3) {
        converted[3 * i] = bytes[i];
        converted[3 * i + 1] = bytes[i];
        converted[3 * i + 2] = bytes[i];
      } else {
        int red = bytes[3 * i] & 0xff;
        int green = bytes[3 * i + 1] & 0xff;
        int blue = bytes[3 * i + 2] & 0xff;
        converted[i] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
      }
    }
    return new Pixels(converted, width, height, wanted);
  }
}
