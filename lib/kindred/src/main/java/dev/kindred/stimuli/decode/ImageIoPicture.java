package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Pictures through Java's own decoders, as stored: no conversion between colour spaces. */
final class ImageIoPicture {
  private ImageIoPicture() {}

  static Pixels decode(String format, byte[] file, String where) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    AtomicReference<String> warning = new AtomicReference<>();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      reader.addIIOReadWarningListener(
          (source, text) -> {
            if (isDamage(text)) {
              warning.compareAndSet(null, text);
            }
          });
      BufferedImage picture = reader.read(0);
      if (warning.get() != null) {
        throw new InputException(where + ": damaged image: " + warning.get());
      }
      return pixels(picture, where);
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new InputException(where + ": damaged image: " + reason.lines().findFirst().get(), e);
    } finally {
      reader.dispose();
    }
  }

  /** Extra bytes between segments do no harm; a JPEG decoder that guesses pixels does. */
  private static boolean isDamage(String warning) {
    return warning != null && !warning.contains("extraneous bytes");
  }

  private static Pixels pixels(BufferedImage picture, String where) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    ColorModel colours = picture.getColorModel();
    Raster raster = picture.getRaster();
    if (colours instanceof IndexColorModel palette) {
      return lookUp(raster, palette, width, height);
    }
    int type = colours.getColorSpace().getType();
    int channels;
    if (type == ColorSpace.TYPE_GRAY) {
      channels = 1;
    } else if (type == ColorSpace.TYPE_RGB) {
      channels = 3;
    } else {
      throw new InputException(
          where + ": expected a grey or RGB image, found another colour space");
    }
    int shift = colours.getComponentSize(0) - 8;
    if (shift != 0 && shift != 8) {
      throw new InputException(
          where + ": expected 8 or 16 bits a channel, found " + colours.getComponentSize(0));
    }
    byte[] pixels = new byte[width * height * channels];
    int bands = raster.getNumBands();
    int[] row = new int[width * bands];
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          pixels[to++] = (byte) (row[x * bands + c] >> shift);
        }
      }
    }
    return new Pixels(pixels, width, height, channels);
  }

  private static Pixels lookUp(Raster raster, IndexColorModel palette, int width, int height) {
    boolean grey = true;
    for (int i = 0; i < palette.getMapSize(); i++) {
      grey &= palette.getRed(i) == palette.getGreen(i) && palette.getRed(i) == palette.getBlue(i);
    }
    int channels = grey ? 1 : 3;
    byte[] pixels = new byte[width * height * channels];
    int[] row = new int[width];
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int index = Math.min(row[x], palette.getMapSize() - 1);
        pixels[to++] = (byte) palette.getRed(index);
        if (channels == 3) {
          pixels[to++] = (byte) palette.getGreen(index);
          pixels[to++] = (byte) palette.getBlue(index);
        }
      }
    }
    return new Pixels(pixels, width, height, channels);
  }
}
