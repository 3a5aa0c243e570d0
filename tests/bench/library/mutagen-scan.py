"""Reads every audio file of the folder in the argument with mutagen, one after the other."""

import json
import os
import sys
import time

import mutagen

begin = time.perf_counter()
tracks = []
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith(".png"):
            continue
        file = mutagen.File(os.path.join(folder, name))
        tags = file.tags or {}
        tracks.append((file.info.length, {key: str(tags[key])[:200] for key in tags.keys()}))
print(json.dumps({"milliseconds": (time.perf_counter() - begin) * 1000, "tracks": len(tracks)}))
