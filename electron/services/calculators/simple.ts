import { documentClass, documentId, type NdiDocument } from '../../../shared/model/documents.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { appFields, type Calculator, invalidParameter } from './calculator.ts';
import { storedResults } from './stored-results.ts';

const CLASS_NAME = 'simple_calc';

/** `ndi.calc.example.simple`: copies a number into a document for each input. */
export const simple: Calculator = {
  name: 'simple',
  otherNames: ['ndi.calc.example.simple', CLASS_NAME],
  // Without a query, every document; not those that it has made itself, which would be more with each run.
  input: { name: 'document_id', query: [{ field: '', operation: '~isa', param1: CLASS_NAME, param2: '' }] },
  parameters: { answer: 'the number, 5' },
  prepare({ answer = 5 }, { session }) {
    if (typeof answer !== 'number') throw invalidParameter('answer', 'a number', answer);
    const input_parameters = { answer };
    const resultsOf = (input: NdiDocument) => {
      if (documentClass(input) === CLASS_NAME) return Promise.resolve([]);
      const dependencies = { document_id: documentId(input) };
      const make = () => {
        const depends_on = [{ name: 'document_id', value: documentId(input) }];
        const values = { simple_calc: { input_parameters, answer }, app: appFields('ndi.calc.example.simple') };
        return Promise.resolve([newDocument(CLASS_NAME, { ...values, depends_on })]);
      };
      return Promise.resolve([{ existing: storedResults(session, CLASS_NAME, dependencies, input_parameters), make }]);
    };
    return Promise.resolve(resultsOf);
  },
};
