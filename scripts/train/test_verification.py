"""Tests of verification.py."""
import unittest

try:
    import numpy as np
except ImportError:
    np = None
else:
    from verification import RATES, accuracy, impostors, thresholds, tpr


@unittest.skipIf(np is None, "numpy is not installed: pip install numpy")
class VerificationTest(unittest.TestCase):
    def setUp(self):
        self.fold = np.repeat(np.arange(10), 20)
        self.same = np.tile([True, False], 100)

    def test_should_be_right_about_similarities_that_lie_apart(self):
        mean, deviation = accuracy(np.where(self.same, .8, .1), self.same, self.fold)
        self.assertEqual((mean, deviation), (1, 0))

    def test_should_be_right_by_chance_about_similarities_that_say_nothing(self):
        self.assertEqual(accuracy(np.full(200, .5), self.same, self.fold)[0], .5)

    def test_should_take_each_threshold_from_the_other_folds(self):
        s = np.where(self.same, .8, .1)
        s[self.fold == 3] += 1  # here every impostor is above every other threshold
        mean, deviation = accuracy(s, self.same, self.fold)
        self.assertAlmostEqual(mean, .95)
        self.assertAlmostEqual(deviation, .15)

    def test_should_count_who_is_above_the_rate_of_false_matches(self):
        s = np.r_[np.linspace(0, .99, 100), [.5, .9, .985, 1]]
        same = np.r_[np.zeros(100, bool), np.ones(4, bool)]
        self.assertEqual(tpr(s, same, .05), .5)
        self.assertEqual(tpr(s, same, .01), .5)

    def test_should_compare_each_pair_of_different_people_once(self):
        e = np.eye(4)[[0, 0, 1, 2]]
        e[3] = [.6, .8, 0, 0]
        self.assertEqual(sorted(impostors(e, ["anna", "anna", "bob", "carl"]).astype(float).round(2).tolist()),
                         [0, 0, .6, .6, .8])

    def test_should_compare_across_blocks(self):
        people = np.arange(1003)
        self.assertEqual(len(impostors(np.ones((1003, 1)), people)), 1003 * 1002 // 2)

    def test_should_give_the_similarity_that_so_many_impostors_exceed(self):
        s = np.random.default_rng(1).permutation(np.arange(100_000) / 100_000)
        for rate, limit in zip(RATES, thresholds(s)):
            self.assertEqual((s > limit).sum(), round(rate * len(s)))

    def test_should_give_the_same_thresholds_of_very_many(self):
        s = np.arange(1_000_000) / 1_000_000
        np.testing.assert_allclose(thresholds(s), [.899999, .989999, .998999, .999899, .999989])


if __name__ == "__main__":
    unittest.main()
