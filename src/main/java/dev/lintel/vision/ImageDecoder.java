package dev.lintel.vision;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Encoded bytes to pixels at a fraction of their size. JPEG and WebP go through OpenCV (libjpeg-turbo scales
 * inside its DCT, so that a 12-megapixel photo is never unfolded); PNG and BMP through the JDK's readers,
 * which are memory-safe Java and can skip pixels.
 */
final class ImageDecoder {
  static {
    ImageIO.setUseCache(false); // uploads never touch the disk
  }

  private ImageDecoder() {}

  /**
   * Decodes to 8-bit BGR as stored, not yet upright. The caller owns the picture.
   *
   * @param reduce 1, 2, 4 or 8: decode to about that fraction of each side
   * @throws IOException if the bytes are damaged, with the reason in words
   */
  static Mat decode(byte[] bytes, ImageFormat format, int reduce) throws IOException {
    return switch (format) {
      case JPEG, WEBP -> byOpenCv(bytes, reduce);
      case PNG, BMP -> byJdk(bytes, format, reduce);
    };
  }

  private static Mat byOpenCv(byte[] bytes, int reduce) throws IOException {
    int flags =
        opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION
            | switch (reduce) {
              case 2 -> opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
              case 4 -> opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
              case 8 -> opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
              default -> opencv_imgcodecs.IMREAD_COLOR;
            };
    try (BytePointer pointer = new BytePointer(bytes);
        Mat encoded = new Mat(1, bytes.length, opencv_core.CV_8UC1, pointer)) {
      Mat picture = opencv_imgcodecs.imdecode(encoded, flags);
      if (picture == null || picture.empty() || picture.type() != opencv_core.CV_8UC3) {
        throw new IOException("the image data are damaged");
      }
      return picture;
    } catch (RuntimeException e) {
      throw new IOException("the image data are damaged", e);
    }
  }

  private static Mat byJdk(byte[] bytes, ImageFormat format, int reduce) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(reduce, reduce, 0, 0);
      return toBgr(reader.read(0, param));
    } catch (RuntimeException e) {
      throw new IOException("the image data are damaged", e);
    } finally {
      reader.dispose();
    }
  }

  private static Mat toBgr(BufferedImage image) {
    BufferedImage bgr = image;
    if (image.getType() != BufferedImage.TYPE_3BYTE_BGR) {
      bgr = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D canvas = bgr.createGraphics();
      canvas.drawImage(image, 0, 0, Color.WHITE, null);
      canvas.dispose();
    }
    byte[] pixels = ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData();
    Mat picture = new Mat(bgr.getHeight(), bgr.getWidth(), opencv_core.CV_8UC3);
    picture.data().put(pixels, 0, pixels.length);
    return picture;
  }
}
