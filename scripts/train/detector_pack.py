"""A detector pack in Python, for measuring: the graph that the box runs, without the landmark network's second look."""
import pathlib

import tensorflow as tf
import yaml

from detections import NAMES, collect, flatten, grid, pad

v1 = tf.compat.v1


class Detector:
    """A pack of the task `detection`: a BGR picture to faces, or to the graph's outputs by name."""

    def __init__(self, pack, threshold=None):
        pack = pathlib.Path(pack)
        self.manifest = yaml.safe_load((pack / "manifest.yaml").read_text())
        definition = v1.GraphDef()
        definition.ParseFromString((pack / self.manifest["file"]).read_bytes())
        graph = tf.Graph()
        with graph.as_default():
            tf.import_graph_def(definition, name="")
        self.session = v1.Session(graph=graph, config=v1.ConfigProto(
            intra_op_parallelism_threads=1, inter_op_parallelism_threads=1))
        self.threshold = threshold or self.manifest["threshold"]
        self.cells = {}

    def outputs(self, image):
        if self.manifest["input"]["colour"] == "RGB":
            image = image[..., ::-1]
        return dict(zip(NAMES, self.session.run(
            [n + ":0" for n in NAMES], {self.manifest["input"]["name"] + ":0": image[None]}), strict=True))

    def __call__(self, image, least=None):
        """Faces as `detections.collect` gives them, of at least that score (the pack's threshold)."""
        image = pad(image)
        size = image.shape[:2]
        if size not in self.cells:
            self.cells[size] = grid(*size)
        return collect(flatten(self.outputs(image)), self.cells[size], least or self.threshold)
