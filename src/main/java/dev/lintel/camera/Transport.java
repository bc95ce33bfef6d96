package dev.lintel.camera;

/** How an RTSP camera sends its video. */
public enum Transport {
    /** Through the connection that asked for it: nothing is lost, and it passes firewalls and NAT. */
    TCP,
    /** As single packets, of which some may be lost; for cameras that do nothing else. */
    UDP
}
