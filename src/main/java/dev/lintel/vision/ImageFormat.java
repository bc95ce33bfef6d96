package dev.lintel.vision;

/** The image formats that the box reads, told by their first bytes. */
enum ImageFormat {
    JPEG,
    PNG,
    WEBP,
    BMP,
    GIF,
    TIFF
}
