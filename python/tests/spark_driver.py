"""The program that ``test_spark.py`` starts on its cluster: MASTER DOOR SOURCE WORK OUT NAME=VALUE…"""

import sys
from pathlib import Path

import framescope as fs
from framescope import spark
from pyspark.sql import SparkSession

master, door, source, work, out, *settings = sys.argv[1:]
builder = SparkSession.builder.master(master).appName("framescope")
for setting in settings:
    builder = builder.config(*setting.split("=", 1))
session = builder.getOrCreate()
articles = source
if door != "file":
    articles = session.read.option("multiLine", True).option("escape", '"').csv(source, header=True)
    if door == "twice":
        articles = articles.union(articles.limit(3))
try:
    nine_parts = str(Path(source).stat().st_size // 9)
    spark.run(articles, work=work, out=out, lexicons="framing-en", part_bytes=nine_parts, spark=session, options=["--no-charts"])
except fs.Refused as refused:
    print(refused.problems, refused)
    sys.exit(3)
