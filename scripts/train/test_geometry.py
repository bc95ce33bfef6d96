"""Tests of geometry.py."""
import unittest

try:
    import numpy as np
except ImportError:
    np = None
else:
    from geometry import central, similarity


@unittest.skipIf(np is None, "numpy is not installed: pip install numpy")
class GeometryTest(unittest.TestCase):
    def setUp(self):
        self.points = np.array([[30., 40], [70, 41], [50, 60], [35, 80], [66, 79]])

    def taken(self, matrix, points):
        return points @ matrix[:, :2].T + matrix[:, 2]

    def test_should_find_the_turn_the_scale_and_the_shift(self):
        angle = np.deg2rad(25)
        matrix = np.c_[1.7 * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]), [12, -7]]
        found = similarity(self.points, self.taken(matrix, self.points))
        np.testing.assert_allclose(found, matrix, atol=1e-5)

    def test_should_not_mirror_a_face(self):
        found = similarity(self.points, self.points * [-1, 1])
        self.assertGreater(np.linalg.det(found[:, :2]), 0)

    def test_should_come_near_points_that_no_similarity_reaches(self):
        target = self.points + np.array([[1., 0], [-1, 0], [0, 0], [0, 1], [0, -1]])
        self.assertLess(np.abs(self.taken(similarity(self.points, target), self.points) - target).max(), 1.5)

    def test_should_prefer_a_face_in_the_middle_to_a_larger_one_at_the_side(self):
        middle, side = np.array([140., 100, 40, 40]), np.array([0., 0, 60, 60])
        self.assertIs(central([side, middle], (240, 320)), middle)

    def test_should_prefer_the_larger_of_two_in_the_middle(self):
        small, large = np.array([150., 110, 20, 20]), np.array([120., 80, 80, 80])
        self.assertIs(central([small, large], (240, 320)), large)

    def test_should_find_nobody_where_there_is_nobody(self):
        self.assertIsNone(central(np.zeros((0, 15)), (240, 320)))


if __name__ == "__main__":
    unittest.main()
