"""Tests of detections.py."""
import unittest

try:
    import numpy as np
except ImportError:
    np = None
else:
    from detections import KINDS, STRIDES, collect, flatten, grid, iou, suppress


@unittest.skipIf(np is None, "numpy is not installed: pip install numpy")
class DetectionsTest(unittest.TestCase):
    def test_should_measure_overlaps(self):
        box = np.array([0., 0, 10, 10])
        others = np.array([[0., 0, 10, 10], [5, 0, 15, 10], [10, 0, 20, 10], [20, 20, 30, 30], [2, 2, 7, 7]])
        np.testing.assert_allclose(iou(box, others), [1, 1 / 3, 0, 0, .25])

    def test_should_keep_the_best_of_each_face(self):
        boxes = np.array([[0., 0, 10, 10], [1, 0, 11, 10], [50, 0, 60, 10], [0, 1, 10, 11]])
        self.assertEqual(suppress(boxes, np.array([.6, .9, .5, .7])).tolist(), [1, 2])

    def test_should_keep_nothing_of_nothing(self):
        self.assertEqual(suppress(np.zeros((0, 4)), np.zeros(0)).tolist(), [])

    def test_should_put_a_face_where_its_cell_says(self):
        cells = grid(64, 96)
        flat = np.zeros((len(cells), 16))
        at = 8 * 12 + 4 * 6 + 3  # of stride 32, the fourth cell: row 1, column 0
        flat[at] = [.81, 1, .5, .25, np.log(2), 0, *np.zeros(10)]
        (face,) = collect(flat, cells, .5)
        np.testing.assert_allclose(face[:4], [-16, 24, 48, 56])
        np.testing.assert_allclose(face[4:14], [0, 32] * 5)
        self.assertAlmostEqual(face[14], .9, 6)

    def test_should_find_nothing_below_the_least_score(self):
        self.assertEqual(collect(np.zeros((4 * 4 + 4 + 1, 16)), grid(32, 32), .3).shape, (0, 15))

    def test_should_put_the_outputs_of_a_cell_beside_each_other(self):
        outputs = {"%s_%d" % (kind, s): np.full((1, 4 * (32 // s) ** 2, n), i * 100 + s)
                   for i, (kind, n) in enumerate(KINDS) for s in STRIDES}
        flat = flatten(outputs)
        self.assertEqual(flat.shape, (64 + 16 + 4, 16))
        self.assertEqual(flat[-1].tolist(), [32, 132] + [232] * 4 + [332] * 10)


if __name__ == "__main__":
    unittest.main()
