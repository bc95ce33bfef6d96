"""Tests of detections.py."""
import unittest

try:
    import numpy as np
except ImportError:
    np = None
else:
    from detections import iou, suppress, tally


@unittest.skipIf(np is None, "numpy is not installed: pip install numpy")
class DetectionsTest(unittest.TestCase):
    @staticmethod
    def found(x, y, side, score):
        points = np.array([[x + side * a, y + side * b] for a, b in ((.3, .4), (.7, .4), (.5, .6), (.35, .8), (.65, .8))])
        return np.r_[x, y, x + side, y + side, points.ravel(), score]

    @staticmethod
    def labelled(x, y, side):
        """As found, but with a size instead of the other corner, and without a score."""
        row = DetectionsTest.found(x, y, side, 1)
        return np.r_[x, y, side, side, row[4:14]]

    def test_should_measure_overlaps(self):
        box = np.array([0., 0, 10, 10])
        others = np.array([[0., 0, 10, 10], [5, 0, 15, 10], [10, 0, 20, 10], [20, 20, 30, 30], [2, 2, 7, 7]])
        np.testing.assert_allclose(iou(box, others), [1, 1 / 3, 0, 0, .25])

    def test_should_keep_the_best_of_each_face(self):
        boxes = np.array([[0., 0, 10, 10], [1, 0, 11, 10], [50, 0, 60, 10], [0, 1, 10, 11]])
        self.assertEqual(suppress(boxes, np.array([.6, .9, .5, .7])).tolist(), [1, 2])

    def test_should_keep_nothing_of_nothing(self):
        self.assertEqual(suppress(np.zeros((0, 4)), np.zeros(0)).tolist(), [])

    def test_should_count_what_was_found_missed_and_made_up(self):
        faces = np.array([self.labelled(0, 0, 20), self.labelled(100, 100, 50)])
        found = np.array([self.found(0, 0, 20, .9), self.found(300, 300, 30, .8), self.found(100, 100, 50, .4)])
        figures = tally([(found, faces, np.ones(2, bool)), (found[1:2], np.zeros((0, 14)), np.ones(0, bool))])
        self.assertEqual(figures["recall"], .5)
        self.assertEqual(figures["false_per_picture"], 1)
        self.assertEqual(figures["false_per_faceless"], 1)
        self.assertEqual(figures["landmark_error"], 0)
        self.assertEqual(figures["recall_from_size"], {"20": 1.0, "40": 0.0})

    def test_should_not_blame_a_detector_for_faces_that_are_cut_off(self):
        faces = np.array([self.labelled(0, 0, 20), self.labelled(100, 100, 50)])
        found = np.array([self.found(0, 0, 20, .9), self.found(100, 100, 50, .9)])
        figures = tally([(found, faces, np.array([True, False]))])
        self.assertEqual(figures["recall"], 1)
        self.assertEqual(figures["false_per_picture"], 0)

    def test_should_measure_landmarks_by_the_distance_of_the_eyes(self):
        found = self.found(0, 0, 20, .9)
        found[4:14:2] += .8
        self.assertEqual(tally([(found[None], self.labelled(0, 0, 20)[None], np.ones(1, bool))])["landmark_error"], .1)


if __name__ == "__main__":
    unittest.main()
