package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import java.util.Locale;

/** Pictures in the formats that data sets have: PNG, JPEG, PGM and PPM, told by content. */
final class PictureFile {
  private PictureFile() {}

  /** Whether a file name is that of a picture that can be decoded. */
  static boolean isPicture(String path) {
    return path.toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g|pgm|ppm|pnm)");
  }

  /** Whether a file name is that of a picture in a format that is not read. */
  static boolean isForeignPicture(String path) {
    return path.toLowerCase(Locale.ROOT).matches(".*\\.(gif|bmp|tiff?|webp|heic|avif|jp2)");
  }

  /**
   * Decodes one picture. Alpha is dropped, 16-bit values keep their upper byte, palettes are looked
   * up, colour profiles and orientation tags are not applied: as Pillow and torchvision do.
   *
   * @param where name for messages
   */
  static Pixels decode(byte[] file, String where) {
    return format(file, where).decode(file, where);
  }

  /** Width, height and channels from the header alone. */
  static int[] shape(byte[] head, String where) {
    return format(head, where).shape(head, where);
  }

  private enum Format {
    PNG {
      @Override
      Pixels decode(byte[] file, String where) {
        Png.check(file, where);
        return ImageIoPicture.decode("png", file, where);
      }

      @Override
      int[] shape(byte[] head, String where) {
        return Png.shape(head, where);
      }
    },
    JPEG {
      @Override
      Pixels decode(byte[] file, String where) {
        Jpeg.shape(file, where);
        return ImageIoPicture.decode("jpeg", file, where);
      }

      @Override
      int[] shape(byte[] head, String where) {
        return Jpeg.shape(head, where);
      }
    },
    PNM {
      @Override
      Pixels decode(byte[] file, String where) {
        return Pnm.decode(file, where);
      }

      @Override
      int[] shape(byte[] head, String where) {
        return Pnm.shape(head, where);
      }
    };

    abstract Pixels decode(byte[] file, String where);

    abstract int[] shape(byte[] head, String where);
  }

  private static Format format(byte[] file, String where) {
    if (file.length >= 4) {
      if ((file[0] & 0xff) == 0x89 && file[1] == 'P' && file[2] == 'N' && file[3] == 'G') {
        return Format.PNG;
      }
      if ((file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xd8) {
        return Format.JPEG;
      }
      if (file[0] == 'P' && (file[1] == '5' || file[1] == '6')) {
        return Format.PNM;
      }
    }
    throw new InputException(where + ": expected a PNG, JPEG, PGM or PPM image, found another");
  }
}
