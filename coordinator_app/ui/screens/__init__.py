"""The screens, one small package each; no screen knows another."""
