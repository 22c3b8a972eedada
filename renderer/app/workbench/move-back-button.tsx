import { IconArrowBackUp } from '@tabler/icons-react';
import { CommandButton } from '../../components/command-button.tsx';
import classes from './panel-frame.module.css';

/** The way back to the main window. */
export function MoveBackButton() {
  return (
    <div className={classes.actions}>
      <CommandButton command="panel.moveBack" icon={<IconArrowBackUp size={16} aria-hidden />} />
    </div>
  );
}
