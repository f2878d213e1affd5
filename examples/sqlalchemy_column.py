"""A column that is folded as it is written, beside the one that is shown."""

from sqlalchemy import String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, validates
from sqlalchemy.types import TypeDecorator

import arnorm


class Folded(TypeDecorator):
    """Text of which a profile is kept; NULL stays NULL. What it is compared with is folded, too."""

    impl = String
    cache_ok = True

    def __init__(self, profile="search.v1"):
        super().__init__()
        self.pipeline = arnorm.profile(profile)

    def process_bind_param(self, value, dialect):
        return None if value is None else self.pipeline(value)


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(Folded("names.v1"), index=True)

    @validates("name")
    def _keep_key(self, _, name):
        self.key = name
        return name


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all([Person(name="أحمد عبد الله"), Person(name="هُدى")])
    session.commit()
    print(session.scalars(select(Person.name).where(Person.key == "احمد عبدالله")).all())

# ['أحمد عبد الله']
