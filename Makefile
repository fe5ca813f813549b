# One command for each thing to do; `make` alone lists them.
PYTHON ?= python3
PY = .venv/bin/python
ARGS ?=

.PHONY: help run test check bench requirements clean lock
help:
	@echo "make run           открыть Отклик с демонстрационным муниципалитетом: http://127.0.0.1:8000"
	@echo "                   (другой порт: make run ARGS='--port 8080')"
	@echo "make test          все проверки программы, с настоящими базой, почтой и браузером"
	@echo "make check         оформление текста, типы, связи между частями, правила дома"
	@echo "make bench         измерить скорость"
	@echo "make requirements  какие пункты положений показаны проверками"
	@echo "make lock          заново выбрать версии пакетов"
	@echo "make clean         убрать всё собранное; данные не трогает"

run:
	@$(PYTHON) tools/bootstrap.py run
	@exec $(PY) -m otklik run --demo $(ARGS)

test:
	@$(PYTHON) tools/bootstrap.py test
	@$(PY) -m pytest -n 2 $(ARGS)

check:
	@$(PYTHON) tools/bootstrap.py dev
	@$(PY) tools/check.py

bench:
	@$(PYTHON) tools/bootstrap.py dev
	@$(PY) -m bench $(ARGS)

requirements:
	@$(PYTHON) tools/bootstrap.py dev
	@$(PY) -m tests.requirements.report

lock:
	@$(PYTHON) tools/bootstrap.py dev
	@$(PY) tools/lock.py

clean:
	rm -rf .venv node_modules otklik/_static otklik/web/look/static/vendor var
	rm -rf /dev/shm/otklik-testing-*-$$(printf %s "$(CURDIR)" | sha256sum | cut -c1-10)
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
