"""A service that repairs text: the model is read when it starts, and a change is JSON as it is."""

from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.testclient import TestClient

import arnorm


@asynccontextmanager
async def lifespan(app):
    arnorm.Repairer.load()
    yield


app = FastAPI(lifespan=lifespan)


@app.post("/repair")
def repair(text: str, policy: str = "safe") -> arnorm.Review:
    return arnorm.Repairer(policy).review(text)


@app.post("/suggest")
def suggest(word: str, before: str = "", after: str = "") -> list[arnorm.Suggestion]:
    return arnorm.suggest(word, before, after)


with TestClient(app) as client:
    answer = client.post("/repair", params={"text": "سألت احمد عن المسئول"}).json()
    print(answer["changes"][0]["after"], answer["suggestions"][0]["decision"])
    print(answer["changes"] == arnorm.Repairer("safe").review(answer["source"]).as_dict()["changes"])
    print(client.post("/suggest", params={"word": "الاسلام"}).json()[0]["text"])

# أحمد suggest
# True
# الإسلام
