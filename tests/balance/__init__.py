"""Tests of `cuibono.balance`."""
