"""Housekeeping of the queue: jobs of a killed worker are done after all, old ones are removed."""

from __future__ import annotations

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status
from procrastinate.utils import utcnow

from otklik.config.running.queue import STALLED_SECONDS

_KEPT_HOURS = 24 * 30


async def revive(queue: App) -> int:
    """Put the jobs of workers that fell silent back into the queue; how many there were.

    One whose like waits already is ended: it would do the same, and left «in hand» it would hold
    its lock against all that follow.
    """
    await queue.job_manager.prune_stalled_workers(STALLED_SECONDS)
    stalled = await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS)
    count = 0
    for job in stalled:
        if await _waits_already(queue, job):
            await queue.job_manager.finish_job(job, status=Status.ABORTED, delete_job=False)
        else:
            await queue.job_manager.retry_job(job, retry_at=utcnow())
        count += 1
    return count


async def _waits_already(queue: App, job: Job) -> bool:
    if not job.queueing_lock:
        return False
    waiting = await queue.job_manager.list_jobs_async(
        queueing_lock=job.queueing_lock, status=Status.TODO.value
    )
    return any(waiting)


@app.periodic(cron="* * * * * */15")
@app.task(
    name="config.revive_stalled",
    queue="housekeeping",
    queueing_lock="config.revive_stalled",
)
async def revive_stalled(timestamp: int) -> None:
    await revive(app)


@app.periodic(cron="23 3 * * *")
@app.task(name="config.remove_old_jobs", queue="housekeeping")
async def remove_old_jobs(timestamp: int) -> None:
    await app.job_manager.delete_old_jobs(nb_hours=_KEPT_HOURS)
