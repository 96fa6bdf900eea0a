// An invented class: 45 students in 8 dorms, as a monitor would copy it from a spreadsheet.

export interface Student {
  no: string;
  name: string;
  dorm: string;
}

const SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩";

/** Six to a dorm in the first five, five in the last three. */
export const STUDENTS: Student[] = Array.from({ length: 45 }, (_, at) => ({
  no: `20210101${String(at + 1).padStart(2, "0")}`,
  name: `示例${SURNAMES[at % SURNAMES.length]}${["甲", "乙", "丙"][Math.floor(at / SURNAMES.length)]}`,
  dorm: `3-${301 + (at < 30 ? Math.floor(at / 6) : 5 + Math.floor((at - 30) / 5))}`,
}));

/** As it comes from the clipboard of a spreadsheet, under a merged title. */
export const PASTED = [
  ["软件2101班花名册（示例）", "", ""],
  ["学号", "姓名", "寝室"],
  ...STUDENTS.map(({ no, name, dorm }) => [no, name, dorm]),
]
  .map((row) => row.join("\t"))
  .join("\n");
