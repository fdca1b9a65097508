"""How often fixes worked, against how sure FlowPilot was when it suggested them (docs/domain.md §6, *Calibration*)."""
