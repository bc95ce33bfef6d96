import unittest

import numpy as np

from pruning import surgeon


class PruningTest(unittest.TestCase):
    def test_should_keep_the_columns_that_the_output_is_made_of(self):
        rng = np.random.default_rng(1)
        h = rng.normal(size=(400, 6))
        y = 2 * h[:, [1]] - 3 * h[:, [4]]
        left, w = surgeon(h, y, 2)
        self.assertEqual([1, 4], list(left))
        np.testing.assert_allclose([[2], [-3]], w, atol=1e-2)

    def test_should_let_the_rest_take_over_what_a_removed_twin_did(self):
        rng = np.random.default_rng(2)
        one, two = rng.normal(size=(2, 400))
        h = np.stack([one, two, one + 1e-3 * rng.normal(size=400)], 1)
        y = np.stack([one + two, one - two], 1)
        left, w = surgeon(h, y, 2)
        self.assertIn(1, left)
        np.testing.assert_allclose(h[:, left] @ w, y, atol=0.02)

    def test_should_give_the_least_squares_weights_of_what_is_left(self):
        rng = np.random.default_rng(3)
        h, y = rng.normal(size=(300, 8)), rng.normal(size=(300, 3))
        left, w = surgeon(h, y, 5)
        np.testing.assert_allclose(np.linalg.lstsq(h[:, left], y, rcond=None)[0], w, atol=1e-3)


if __name__ == "__main__":
    unittest.main()
