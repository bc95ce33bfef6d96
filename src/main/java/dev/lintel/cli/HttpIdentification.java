package dev.lintel.cli;

import dev.lintel.cli.PhotoFolder.Photo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One run of open-set identification: a gallery, probes of the people in it, probes of strangers. */
final class HttpIdentification {
    private final Client client;
    private final Double tau;
    private final String quality;

    /** @param tau the threshold, or null for the box's own */
    HttpIdentification(Client client, Double tau, String quality) {
        this.client = client;
        this.tau = tau;
        this.quality = quality;
    }

    Figures measure(List<Photo> people, int enrol, List<Photo> strangers) {
        Map<String, List<Photo>> byPerson =
                people.stream().collect(Collectors.groupingBy(Photo::label, TreeMap::new, Collectors.toList()));
        List<Photo> gallery = new ArrayList<>();
        List<Photo> probes = new ArrayList<>();
        byPerson.values().forEach(photos -> {
            int cut = Math.min(enrol, photos.size());
            gallery.addAll(photos.subList(0, cut));
            probes.addAll(photos.subList(cut, photos.size()));
        });
        Figures figures = new Figures(byPerson.size());
        try (Progress progress = new Progress("Enrolling", gallery.size())) {
            gallery.forEach(photo -> {
                figures.enrolled(client.upload(
                        "/enroll",
                        Map.of("label", photo.label(), "face", "largest", "quality", quality),
                        List.of(photo.file())));
                progress.step();
            });
        }
        try (Progress progress = new Progress("Identifying", probes.size() + strangers.size())) {
            probes.forEach(photo -> {
                figures.mated(photo.label(), identify(photo));
                progress.step();
            });
            strangers.forEach(photo -> {
                figures.stranger(identify(photo));
                progress.step();
            });
        }
        return figures;
    }

    private Client.Answer identify(Photo photo) {
        Map<String, String> query = new LinkedHashMap<>(Map.of("faces", "largest", "top", "1"));
        if (tau != null) {
            query.put("tau", tau.toString());
        }
        return client.upload("/identify", query, List.of(photo.file()));
    }
}
